import { useState } from 'react';
import type { WorkspaceSettings } from '../../../../src/protocol/rpc/settings.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useChange } from '../actions/use-change.ts';
import { HoursField } from './hours-field.tsx';
import css from './settings.module.css';

const A_YEAR = 8_760;

/** Names a source that no conversation came from lately, so that its window can be set beforehand. */
function AddSource(props: { readonly known: readonly string[]; readonly onAdd: (source: string) => void }) {
  const { t } = useText();
  const [name, setName] = useState('');
  const typed = name.trim();
  const isKnown = props.known.includes(typed);
  return (
    <form
      className={css.inline}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === '' || isKnown) return;
        props.onAdd(typed);
        setName('');
      }}
    >
      <TextField
        className={css.name}
        dir="ltr"
        maxLength={200}
        aria-label={t('settings:idle.source')}
        placeholder={t('settings:idle.source')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={typed === '' || isKnown}>
        {t('settings:idle.add')}
      </Button>
    </form>
  );
}

/** After how many idle hours an AI conversation closes by itself, by source (O5, S3). */
export function IdleWindows(props: {
  readonly settings: Pick<WorkspaceSettings, 'idleHours' | 'sources'>;
  readonly disabled: boolean;
}) {
  const { disabled, settings } = props;
  const { hours, bySource } = settings.idleHours;
  const { t } = useText();
  const change = useChange();
  const [added, setAdded] = useState<readonly string[]>([]);
  const sources = [...new Set([...settings.sources, ...added])];
  const save = (source: string | null, value: number | null): Promise<boolean> =>
    change('settings.setIdleWindow', { source, hours: value });
  return (
    <section className={css.part} aria-labelledby="idle-windows">
      <h3 id="idle-windows" className={css.partTitle}>
        {t('settings:idle.title')}
      </h3>
      <p className={css.quiet}>{t('settings:idle.intro')}</p>
      <ul className={css.lines}>
        <li className={css.line}>
          <span>{t('settings:idle.all')}</span>
          <HoursField
            label={t('settings:idle.label', { source: t('settings:idle.all') })}
            value={hours}
            most={A_YEAR}
            disabled={disabled}
            onSave={(value) => save(null, value)}
          />
        </li>
        {sources.map((source) => (
          <li key={source} className={css.line}>
            <bdi>{source}</bdi>
            <HoursField
              label={t('settings:idle.label', { source })}
              value={Object.hasOwn(bySource, source) ? (bySource[source] ?? null) : null}
              most={A_YEAR}
              otherwise={hours}
              disabled={disabled}
              onSave={(value) => save(source, value)}
            />
          </li>
        ))}
      </ul>
      {!disabled && <AddSource known={sources} onAdd={(source) => setAdded([...added, source])} />}
    </section>
  );
}
