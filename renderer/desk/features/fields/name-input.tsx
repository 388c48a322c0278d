import { useText } from '../../i18n/text-provider.tsx';
import { TextField } from '../../ui/field.tsx';
import { useChange } from '../actions/use-change.ts';
import { useDraft } from './use-draft.ts';

/** A field's name in one language, edited where it stands (F2); emptied, what stands behind it shows. */
export function NameInput(props: {
  readonly field: string;
  readonly language: string;
  readonly name: string | null;
  /** What is shown without a name of that language. */
  readonly behind: string;
  readonly disabled: boolean;
  readonly label: string;
}) {
  const { field, language, name, behind, disabled, label } = props;
  const change = useChange();
  const { formats } = useText();
  const draft = useDraft(name ?? '', (text) =>
    change(
      'field.setName',
      { field, language, name: text.trim() === '' ? null : text.trim() },
      { quiet: true },
    ),
  );
  return (
    <TextField
      look="inline"
      aria-label={label}
      lang={language}
      title={formats.languageName(language)}
      placeholder={behind}
      value={draft.text}
      disabled={disabled}
      maxLength={200}
      onChange={(event) => draft.setText(event.currentTarget.value)}
      onBlur={draft.leave}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
        event.preventDefault();
        if (event.key === 'Escape') draft.reset();
        event.currentTarget.blur();
      }}
    />
  );
}
