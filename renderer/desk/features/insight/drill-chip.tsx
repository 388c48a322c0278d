import { ArrowLeft, X } from 'lucide-react';
import type { Drill } from '../../../../src/protocol/rpc/drill.ts';
import { currentPane, focusPane } from '../../app/panes.ts';
import { isPage, type Place } from '../../app/screen-store.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useTurns } from '../../app/use-turns.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { Icon } from '../../ui/icon.tsx';
import { drillText } from './drill-text.ts';
import css from './insight.module.css';
import { useDrillWords } from './use-drill-words.ts';

/** Escape leads from the list back to the figure, once the conversation is left. */
function useWayBack(from: Place | null): void {
  const { goTo } = useScreenActions();
  const turns = useTurns();
  const run = (): void => {
    if (turns === null && currentPane(document.activeElement) === 'thread') focusPane(document, 'list');
    else if (from !== null) goTo(from);
  };
  useCommands({ 'list.back': { run, enabled: from !== null && turns !== 'thread' } }, 1);
}

function Chip({ among, from }: { readonly among: Drill; readonly from: Place | null }) {
  const { t } = useText();
  const words = useDrillWords();
  const { drill, goTo } = useScreenActions();
  useWayBack(from);
  const { name, parts } = drillText(among, words);
  const back = from !== null && (isPage(from) || from === 'review') ? from : null;
  return (
    <div className={css.drill}>
      {back !== null && (
        <button
          type="button"
          className={css.drillButton}
          aria-label={t('insight:drill.back', { name })}
          onClick={() => goTo(back)}
        >
          <Icon of={ArrowLeft} mirrored />
        </button>
      )}
      <span className={css.drillWords}>{t('insight:drill', { name, parts: parts.join(' · ') })}</span>
      <button
        type="button"
        className={css.drillButton}
        aria-label={t('insight:drill.remove')}
        onClick={() => drill(null)}
      >
        <Icon of={X} />
      </button>
    </div>
  );
}

/** Says which figure the list is behind, with the ways back to it and out of it. */
export function DrillChip() {
  const among = useScreen((screen) => screen.among);
  const from = useScreen((screen) => screen.amongFrom);
  return among === null ? null : <Chip among={among} from={from} />;
}
