import type { FieldType } from '../../../../src/domain/fields/definition.ts';
import type { ProfileValue } from '../../../../src/domain/events.ts';
import { BooleanEditor } from './boolean-editor.tsx';
import { ListEditor } from './list-editor.tsx';
import { TypedEditor } from './typed-editor.tsx';

/** The editor that fits a field's type (C7). A value of another type is shown as empty: saving replaces it. */
export function ValueEditor(props: {
  readonly field: string;
  readonly label: string;
  readonly type: FieldType;
  readonly value: ProfileValue;
  readonly onSave: (value: ProfileValue) => Promise<boolean>;
}) {
  const { field, label, type, value, onSave } = props;
  if (type === 'Boolean')
    return <BooleanEditor label={label} value={typeof value === 'boolean' ? value : null} onSave={onSave} />;
  if (type === 'List') {
    const items = Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
    return <ListEditor field={field} label={label} items={items} onSave={onSave} />;
  }
  const fits =
    type === 'Number' || type === 'Datetime' ? typeof value === 'number' : typeof value === 'string';
  return (
    <TypedEditor
      label={label}
      type={type}
      value={fits && (typeof value === 'number' || typeof value === 'string') ? value : null}
      onSave={onSave}
    />
  );
}
