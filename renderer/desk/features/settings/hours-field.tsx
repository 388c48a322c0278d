import { useId } from 'react';
import { useText } from '../../i18n/text-provider.tsx';
import { TextField } from '../../ui/field.tsx';
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
        <TextField
          className={css.hours}
          inputMode="numeric"
          aria-label={props.label}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? id : undefined}
          disabled={props.disabled}
          placeholder={props.otherwise === undefined ? undefined : formats.number(props.otherwise)}
          value={draft.text}
          onChange={(event) => draft.setText(event.currentTarget.value)}
          onBlur={draft.leave}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Escape') draft.reset();
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
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
