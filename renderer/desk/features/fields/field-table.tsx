import { Archive, GripVertical, MoreHorizontal, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { type FieldDefinition, isReadyMade } from '../../../../src/domain/fields/definition.ts';
import { placesFor } from '../../../../src/domain/fields/order.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useAnnouncer } from '../../ui/live-region.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { type Change, useChange } from '../actions/use-change.ts';
import css from './fields-section.module.css';
import { NameInput } from './name-input.tsx';
import { type Handle, useReorder } from './use-reorder.ts';

/** Puts a field elsewhere: its own position, or everybody's where none is free between its new neighbours. */
async function moveField(
  change: Change,
  fields: readonly FieldDefinition[],
  key: string,
  to: number,
): Promise<boolean> {
  let moved = false;
  for (const place of placesFor(fields, key, to))
    moved = await change('field.move', { field: place.key, position: place.position }, { quiet: true });
  return moved;
}

function RowActions(props: {
  readonly field: FieldDefinition;
  readonly name: string;
  readonly onDelete: () => void;
}) {
  const { field, name } = props;
  const { t } = useText();
  const change = useChange();
  return (
    <Menu
      align="end"
      label={t('fields:actions', { name })}
      trigger={<IconButton small icon={MoreHorizontal} name={t('fields:actions', { name })} />}
    >
      <MenuItem icon={Archive} onSelect={() => void change('field.archive', { field: field.key })}>
        {t('fields:archive')}
      </MenuItem>
      {!isReadyMade(field.key) && (
        <MenuItem danger icon={Trash2} onSelect={props.onDelete}>
          {t('fields:delete')}
        </MenuItem>
      )}
    </Menu>
  );
}

interface RowProps {
  readonly field: FieldDefinition;
  readonly name: string;
  readonly canEdit: boolean;
  readonly handle: Handle;
  readonly mark: 'before' | 'after' | 'dragged' | null;
  readonly onDelete: () => void;
}

function FieldRow({ field, name, canEdit, handle, mark, onDelete }: RowProps) {
  const { t, locale } = useText();
  const language = locale;
  return (
    <tr data-row className={cx(mark !== null && css[mark])}>
      <td>
        {canEdit && (
          <IconButton
            small
            icon={GripVertical}
            className={css.handle}
            name={t('fields:move', { name })}
            data-move={field.key}
            {...handle}
          />
        )}
      </td>
      <td>
        <NameInput
          field={field.key}
          language={language}
          name={field.names[language] ?? null}
          behind={name}
          disabled={!canEdit}
          label={`${t('fields:column.name')}: ${name}`}
        />
      </td>
      <td>{t(`fields:type.${field.type}`)}</td>
      <td className={css.key}>
        <bdi className={css.mono}>{field.key}</bdi>
        {isReadyMade(field.key) && <span className={css.quiet}> {t('fields:readyMade')}</span>}
      </td>
      <td>{canEdit && <RowActions field={field} name={name} onDelete={onDelete} />}</td>
    </tr>
  );
}

function markOf(drag: { readonly from: number; readonly to: number } | null, at: number): RowProps['mark'] {
  if (drag === null) return null;
  if (at === drag.from) return 'dragged';
  if (at !== drag.to) return null;
  return drag.to < drag.from ? 'before' : 'after';
}

/** The fields in use, in their order: named, moved, put aside, deleted (C7). */
export function FieldTable(props: {
  /** All that are not deleted, by position. */
  readonly all: readonly FieldDefinition[];
  readonly fields: readonly FieldDefinition[];
  readonly nameOf: (key: string) => string;
  readonly canEdit: boolean;
  readonly onDelete: (field: FieldDefinition) => void;
}) {
  const { all, fields, nameOf, canEdit } = props;
  const { t } = useText();
  const change = useChange();
  const announcer = useAnnouncer();
  const body = useRef<HTMLTableSectionElement>(null);
  const lastMoved = useRef<string | null>(null);
  useEffect(() => {
    // The focus goes with the row that was moved.
    const key = lastMoved.current;
    if (key === null) return;
    lastMoved.current = null;
    body.current?.querySelector<HTMLElement>(`[data-move="${CSS.escape(key)}"]`)?.focus();
  }, [fields]);
  const move = (from: number, to: number): void => {
    const moved = fields[from];
    const target = fields[to];
    if (moved === undefined || target === undefined) return;
    // Archived ones stand between and keep their places.
    const others = all.filter(({ key }) => key !== moved.key);
    const index = others.findIndex(({ key }) => key === target.key) + (to > from ? 1 : 0);
    void moveField(change, all, moved.key, index).then((done) => {
      if (!done) return;
      lastMoved.current = moved.key;
      announcer.polite(t('fields:moved', { name: nameOf(moved.key), place: to + 1, count: fields.length }));
    });
  };
  const { drag, handle } = useReorder(body, move);
  return (
    <table className={cx(css.table, css.ordered)}>
      <thead>
        <tr>
          <th scope="col" aria-label={t('fields:column.move')} />
          <th scope="col">{t('fields:column.name')}</th>
          <th scope="col">{t('fields:column.type')}</th>
          <th scope="col">{t('fields:column.key')}</th>
          <th scope="col" aria-label={t('fields:column.actions')} />
        </tr>
      </thead>
      <tbody ref={body}>
        {fields.map((field, at) => (
          <FieldRow
            key={field.key}
            field={field}
            name={nameOf(field.key)}
            canEdit={canEdit}
            handle={handle(at)}
            mark={markOf(drag, at)}
            onDelete={() => props.onDelete(field)}
          />
        ))}
      </tbody>
    </table>
  );
}
