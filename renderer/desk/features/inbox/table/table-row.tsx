import { memo, type ReactNode } from 'react';
import { CSAT_FIELD } from '../../../../../src/domain/fields/definition.ts';
import { CSAT_SCALE, type ListRow } from '../../../../../src/protocol/rpc/list.ts';
import type { TableColumn } from '../../../app/preferences.ts';
import { useText } from '../../../i18n/text-provider.tsx';
import { ChannelGlyph, PriorityGlyph } from '../../../ui/glyphs.tsx';
import { cellWords } from '../fields/field-words.ts';
import type { ListField } from '../fields/list-fields.ts';
import { pageText } from '../../profile/page-text.ts';
import { Marks, Tags, Waiting } from '../list-row.tsx';
import { RowFrame, RowName, type RowProps } from '../row-frame.tsx';
import { rowMoment } from '../row-text.ts';
import { fieldOfColumn, isOwnColumn, type ShownColumn } from './columns.ts';
import css from './table.module.css';

interface CellProps {
  readonly row: ListRow;
  readonly now: number;
  readonly assigneeName: string | null;
}

function Words({ text, title }: { readonly text: string | null; readonly title?: string | null }) {
  if (text === null) return null;
  return (
    <span className={css.words} title={title ?? text} dir="auto">
      {text}
    </span>
  );
}

function CustomerCell({ row }: CellProps) {
  return (
    <>
      <RowName row={row} />
      <Marks row={row} />
    </>
  );
}

function QuestionCell({ row }: CellProps) {
  const { t } = useText();
  return <Words text={row.firstQuestion ?? row.lastMessagePreview ?? t('inbox:row.noText')} />;
}

function StateCell({ row }: CellProps) {
  return <Words text={useText().labels.humanState(row.humanState)} />;
}

function OutcomeCell({ row }: CellProps) {
  return <Words text={useText().labels.aiOutcome(row.aiOutcome)} />;
}

function PriorityCell({ row }: CellProps) {
  return (
    <>
      <PriorityGlyph priority={row.priority} named={false} />
      <Words text={useText().labels.priority(row.priority)} />
    </>
  );
}

function ChannelCell({ row }: CellProps) {
  return (
    <>
      <ChannelGlyph channel={row.channel} named={false} />
      <Words text={useText().labels.channel(row.channel)} />
    </>
  );
}

function PageCell({ row }: CellProps) {
  if (row.page === null) return null;
  return (
    <bdi className={css.words} title={row.page}>
      {pageText(row.page).short}
    </bdi>
  );
}

function ReasonCell({ row }: CellProps) {
  const reason = useText().labels.reason(row.handoffReasonCode) ?? row.handoffReason;
  return <Words text={reason} title={row.handoffReason} />;
}

function AgeCell({ at, now }: { readonly at: number | null; readonly now: number }) {
  const { formats } = useText();
  if (at === null) return null;
  return (
    <time className={css.number} title={formats.dateTime(at, now)}>
      {formats.age(at, now)}
    </time>
  );
}

function MessagesCell({ row }: CellProps) {
  return <span className={css.number}>{useText().formats.number(row.messageCount)}</span>;
}

const CELLS: Readonly<Record<TableColumn, (props: CellProps) => ReactNode>> = {
  customer: CustomerCell,
  question: QuestionCell,
  state: StateCell,
  aiOutcome: OutcomeCell,
  priority: PriorityCell,
  tags: Tags,
  assignee: ({ assigneeName }) => <Words text={assigneeName} />,
  channel: ChannelCell,
  page: PageCell,
  reason: ReasonCell,
  waiting: Waiting,
  messages: MessagesCell,
  activity: ({ row, now }) => <AgeCell at={rowMoment(row)} now={now} />,
  opened: ({ row, now }) => <AgeCell at={row.openedAt} now={now} />,
  started: ({ row, now }) => <AgeCell at={row.startedAt} now={now} />,
};

/** A value of the profile: numbers and lengths stand in columns of digits, a score before the points of its scale. */
function ProfileCell({ row, field }: { readonly row: ListRow; readonly field: ListField }) {
  const { t, formats } = useText();
  const cell = row.fields[field.key];
  if (cell === undefined) return null;
  const words = cellWords(field.type, cell, { t, formats });
  const scale = row.fields[CSAT_SCALE];
  if (field.key === CSAT_FIELD && typeof scale === 'number') {
    return <span className={css.number}>{t('inbox:score', { score: words, scale })}</span>;
  }
  if (typeof cell !== 'number') return <Words text={words} />;
  return (
    <span className={css.number} title={field.type === 'Datetime' ? formats.full(cell) : words}>
      {words}
    </span>
  );
}

interface TableRowProps extends Omit<RowProps, 'me'> {
  readonly columns: readonly ShownColumn[];
  readonly fieldOf: (key: string) => ListField;
  readonly template: string;
}

/** One conversation in one line, cell by cell. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { row, now, assigneeName } = props;
  return (
    <RowFrame {...props} className={css.row} above={1} style={{ gridTemplateColumns: props.template }}>
      {props.columns.map((column) => {
        const Cell = isOwnColumn(column) ? CELLS[column] : null;
        return (
          <div key={column} role="gridcell" className={css.cell}>
            {Cell === null ? (
              <ProfileCell row={row} field={props.fieldOf(fieldOfColumn(column) ?? '')} />
            ) : (
              <Cell row={row} now={now} assigneeName={assigneeName} />
            )}
          </div>
        );
      })}
    </RowFrame>
  );
});
