import { CalendarDays, RotateCcw } from 'lucide-react';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import type { TextKey } from '../../i18n/keys.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { cx } from '../../ui/cx.ts';
import { TextArea, TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import css from './fields.module.css';
import { readTyped, type Reading, type TypedType, writeTyped } from './typed-input.ts';
import { type FieldDraft, useDraft } from './use-draft.ts';

const PLACEHOLDERS = {
  String: 'fields:add.text',
  Number: 'fields:add.number',
  Date: 'fields:add.date',
  Datetime: 'fields:add.datetime',
} as const satisfies Readonly<Record<TypedType, TextKey>>;

/** What a text is read with: the reader's language and clock. */
function useReading(): Reading {
  const { formats, locale } = useText();
  return { locale, civil: formats.civil };
}

/** How a value stands there while it is not edited. */
function useShownText(type: TypedType): (value: string | number | null, written: string) => string {
  const { formats } = useText();
  return (value, written) => {
    if (typeof value === 'number') return type === 'Datetime' ? formats.full(value) : formats.number(value);
    if (type !== 'Date' || value === null) return written;
    return value.length === 5 ? formats.day(`2000-${value}`, 'dayMonth') : formats.day(value);
  };
}

/** A month and a day alone, which no calendar shows. */
const MONTH_DAY = 5;

/** A calendar of the system's, for those who would rather point than write. */
function DayButton(props: {
  readonly type: 'Date' | 'Datetime';
  readonly value: string;
  readonly onPick: (text: string) => void;
}) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const native = props.type === 'Date' ? 'date' : 'datetime-local';
  return (
    <span className={css.picker}>
      <input
        ref={input}
        type={native}
        className={css.native}
        tabIndex={-1}
        aria-hidden="true"
        value={props.value.length === MONTH_DAY ? '' : props.value.replace(' ', 'T')}
        onChange={(event) => props.onPick(event.currentTarget.value.replace('T', ' '))}
      />
      <IconButton
        small
        icon={CalendarDays}
        name={t('fields:pickDay')}
        onClick={() => input.current?.showPicker()}
      />
    </span>
  );
}

function Problem(props: { readonly id: string; readonly type: TypedType; readonly draft: FieldDraft }) {
  const { t } = useText();
  const { draft } = props;
  if (draft.state === 'clean') return null;
  return (
    <span id={props.id} className={css.problem} role="alert">
      {t(draft.state === 'invalid' ? `fields:wrong.${props.type}` : 'fields:notSaved')}
      <IconButton small icon={RotateCcw} name={t('common:discard')} onClick={draft.reset} />
    </span>
  );
}

/** Escape and, in one line, Enter leave the field, which saves it. */
function leaveKeys(type: TypedType) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const leaves = event.key === 'Escape' || (event.key === 'Enter' && type !== 'String');
    if (!leaves) return;
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.blur();
  };
}

/**
 * A text, number, day or moment, edited where it stands: saved on leaving, kept as typed when it does not fit its type (F1)
 * or is refused.
 */
export function TypedEditor(props: {
  readonly label: string;
  readonly type: TypedType;
  readonly value: string | number | null;
  /** With a box of its own: in a form. */
  readonly boxed?: boolean;
  readonly disabled?: boolean;
  readonly onSave: (value: string | number | null) => Promise<boolean>;
}) {
  const { type, value, onSave, boxed = false, disabled = false } = props;
  const { t } = useText();
  const reading = useReading();
  const shownText = useShownText(type);
  const [editing, setEditing] = useState(false);
  const line = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    // What was shown gives way to what is written; all of it is chosen, as anywhere that one tabs into.
    if (editing) line.current?.select();
  }, [editing]);
  const problemId = useId();
  const written = writeTyped(value, type, reading);
  const draft = useDraft(written, (text) => {
    const read = readTyped(type, text, reading);
    return read === undefined ? undefined : onSave(read);
  });
  const isShown = !editing && draft.text === written;
  const input = {
    look: boxed ? ('boxed' as const) : ('inline' as const),
    disabled,
    'aria-label': props.label,
    'aria-invalid': draft.state === 'invalid',
    'aria-describedby': draft.state === 'clean' ? undefined : problemId,
    placeholder: t(PLACEHOLDERS[type]),
    value: isShown ? shownText(value, written) : draft.text,
    onFocus: () => setEditing(true),
    onBlur: () => {
      setEditing(false);
      draft.leave();
    },
    onKeyDown: leaveKeys(type),
  };
  return (
    <span className={cx(css.typed, boxed && css.boxed)}>
      {type === 'String' ? (
        <TextArea
          {...input}
          className={css.area}
          onChange={(event) => draft.setText(event.currentTarget.value)}
        />
      ) : (
        <span className={css.line}>
          <TextField
            {...input}
            ref={line}
            className={css.input}
            inputMode={type === 'Number' ? 'decimal' : undefined}
            onChange={(event) => draft.setText(event.currentTarget.value)}
          />
          {(type === 'Date' || type === 'Datetime') && !disabled && (
            <DayButton
              type={type}
              value={written}
              onPick={(text) => {
                const read = readTyped(type, text, reading);
                if (read !== undefined) void onSave(read);
              }}
            />
          )}
        </span>
      )}
      <Problem id={problemId} type={type} draft={draft} />
    </span>
  );
}
