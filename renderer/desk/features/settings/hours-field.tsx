import { useId } from 'react';
import { useText } from '../../i18n/text-provider.tsx';
import { DraftField } from '../fields/draft-field.tsx';
import { useDraft } from '../fields/use-draft.ts';
import { readHours } from './hours-input.ts';
import css from './settings.module.css';

/** Hours, saved on leaving and kept as typed where they are none. What is wrong stands in a line of its own behind it. */
export function HoursField(props: {
  readonly label: string;
  readonly value: number | null;
  readonly most: number;
  readonly disabled: boolean;
  /** Shown while nothing is written: what counts then. */
  readonly otherwise?: number;
  readonly onSave: (hours: number | null) => Promise<boolean>;
}) {
  const { t, formats, locale } = useText();
  const id = useId();
  const draft = useDraft(props.value === null ? '' : String(props.value), (text) => {
    const read = readHours(text, props.most, locale);
    return read === undefined || (read === null && props.otherwise === undefined)
      ? undefined
      : props.onSave(read);
  });
  const isWrong = draft.state === 'invalid';
  return (
    <>
      <span className={css.inline}>
        <DraftField
          draft={draft}
          label={props.label}
          className={css.hours}
          disabled={props.disabled}
          placeholder={props.otherwise === undefined ? undefined : formats.number(props.otherwise)}
          problemId={id}
        />
        <span className={css.quiet}>{t('settings:hours')}</span>
      </span>
      {isWrong && (
        <span id={id} className={css.problem} role="alert">
          {t('settings:hours.wrong', { most: formats.number(props.most) })}
        </span>
      )}
    </>
  );
}
