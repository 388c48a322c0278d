import { TextField } from '../../ui/field.tsx';
import type { FieldDraft } from './use-draft.ts';

/** One line for a number that is saved on leaving: Enter leaves, Escape puts back what is saved. */
export function DraftField(props: {
  readonly draft: FieldDraft;
  readonly label: string;
  readonly className: string | undefined;
  readonly disabled: boolean;
  readonly placeholder?: string | undefined;
  /** The line that says what is wrong, where there is one. */
  readonly problemId: string;
}) {
  const { draft } = props;
  const isWrong = draft.state === 'invalid';
  return (
    <TextField
      className={props.className}
      inputMode="numeric"
      aria-label={props.label}
      aria-invalid={isWrong}
      aria-describedby={isWrong ? props.problemId : undefined}
      disabled={props.disabled}
      placeholder={props.placeholder}
      value={draft.text}
      onChange={(event) => draft.setText(event.currentTarget.value)}
      onBlur={draft.leave}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') draft.reset();
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
