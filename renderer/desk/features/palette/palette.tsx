import { useDeferredValue, useState } from 'react';
import { usePreference, usePreferenceStore, useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommandRevision, useKeys } from '../../keyboard/keyboard-provider.tsx';
import { Picker } from '../../ui/combobox.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { commandItems, hitItems, type PaletteItem, withRecent } from './palette-items.ts';
import css from './palette.module.css';

const MOST_HITS = 8;
/** Fewer letters find too much to be worth asking for. */
const LEAST_LETTERS = 2;

function PaletteRow({ item }: { readonly item: PaletteItem }) {
  const { t } = useText();
  if (item.kind === 'command') {
    return (
      <>
        <span className={cx(css.row, item.why !== null && css.off)}>{item.label}</span>
        {item.why === null ? <Kbd command={item.command} /> : <span className={css.why}>{item.why}</span>}
      </>
    );
  }
  return (
    <span className={css.hit}>
      <span className={css.who}>
        <bdi>{item.hit.customerName ?? t('common:anonymous')}</bdi>
      </span>
      <span className={css.text} dir="auto">
        {item.hit.text}
      </span>
    </span>
  );
}

function useSearchHits(query: string): readonly PaletteItem[] {
  const text = useDeferredValue(query.trim());
  const enabled = [...text].length >= LEAST_LETTERS;
  const { data } = useDeskQuery(
    'search.messages',
    { text, after: null, limit: MOST_HITS },
    { enabled, keep: true },
  );
  return enabled ? hitItems(data?.hits ?? []) : [];
}

function PaletteBody({ onDone }: { readonly onDone: () => void }) {
  const { t } = useText();
  const { registry, run } = useKeys();
  useCommandRevision();
  const actions = useScreenActions();
  const preferences = usePreferenceStore();
  const recent = usePreference((all) => all.recentCommands);
  const [query, setQuery] = useState('');
  const hits = useSearchHits(query);
  const items = [...commandItems(t, registry, recent, query), ...hits];
  const pick = (item: PaletteItem): void => {
    if (item.kind === 'command' && item.why !== null) return;
    onDone();
    if (item.kind === 'hit') return actions.open(item.hit.conversationId, item.hit.messageId);
    preferences.set({ recentCommands: withRecent(recent, item.command) });
    // After the dialog has given the focus back: commands look at where it is.
    requestAnimationFrame(() => run(item.command));
  };
  return (
    <Picker
      className={css.palette}
      label={t('palette:label')}
      placeholder={t('palette:placeholder')}
      items={items}
      query={query}
      onQuery={setQuery}
      onPick={pick}
      renderItem={(item) => <PaletteRow item={item} />}
      empty={t('palette:empty', { text: query.trim() })}
    />
  );
}

/** K7: every command with its key, and messages that hold the words, by typing. */
export function Palette() {
  const { t } = useText();
  const actions = useScreenActions();
  const open = useScreen((screen) => screen.overlay === 'palette');
  const close = (): void => actions.show(null);
  return (
    <Dialog bare open={open} onOpenChange={close} title={t('palette:label')}>
      <PaletteBody onDone={close} />
    </Dialog>
  );
}
