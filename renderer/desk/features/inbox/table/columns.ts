import type { ColumnSort } from '@tanstack/react-table';
import {
  CSAT_SCALE,
  type FieldSort,
  fieldSort,
  type ListSort,
  type PlainSort,
  type Queue,
  sortedField,
} from '../../../../../src/protocol/rpc/list.ts';
import { CSAT_FIELD } from '../../../../../src/domain/fields/definition.ts';
import { TABLE_COLUMNS, type TableColumn } from '../../../app/preferences.ts';

/** A column of the table: one of its own, or a value of the profile, named as the sort by it. */
export type ShownColumn = TableColumn | FieldSort;

/** How wide a column is: at least so many pixels, and how much it takes of what is left. */
interface Width {
  readonly min: number;
  readonly share: number;
}

interface ColumnSpec extends Width {
  /** Shown until the reader says otherwise. */
  readonly shown: boolean;
  /** The list's order that its head asks for. */
  readonly sort?: PlainSort;
  /** Its first order is the one from high to low, or from late to early. */
  readonly descendingFirst?: boolean;
}

export const COLUMN_SPECS: Readonly<Record<TableColumn, ColumnSpec>> = {
  customer: { min: 152, share: 2, shown: true, sort: 'customer' },
  question: { min: 180, share: 5, shown: true },
  state: { min: 80, share: 0, shown: true },
  aiOutcome: { min: 152, share: 1, shown: false },
  priority: { min: 132, share: 0, shown: true, sort: 'priority', descendingFirst: true },
  tags: { min: 120, share: 2, shown: true },
  assignee: { min: 112, share: 1, shown: true },
  channel: { min: 104, share: 0, shown: false },
  page: { min: 160, share: 2, shown: false },
  reason: { min: 152, share: 2, shown: true },
  waiting: { min: 88, share: 0, shown: true, sort: 'waiting' },
  messages: { min: 88, share: 0, shown: false },
  activity: { min: 104, share: 0, shown: true, sort: 'activity', descendingFirst: true },
  opened: { min: 104, share: 0, shown: false, sort: 'opened' },
  started: { min: 104, share: 0, shown: false, sort: 'started', descendingFirst: true },
};

const FIELD_WIDTH: Width = { min: 120, share: 1 };

/** Whether a column is one of the table's own. */
export function isOwnColumn(column: string): column is TableColumn {
  return TABLE_COLUMNS.some((own) => own === column);
}

/** The key of the profile that a column shows; null for the table's own ones. */
export function fieldOfColumn(column: string): string | null {
  return isOwnColumn(column) || !column.startsWith('field:') ? null : column.slice('field:'.length);
}

/** The values that the rows must bring: a score is shown with the points of its scale. */
export function keysToAsk(fields: readonly string[]): readonly string[] {
  return fields.includes(CSAT_FIELD) && !fields.includes(CSAT_SCALE) ? [...fields, CSAT_SCALE] : fields;
}

/** The customer says which row it is: it cannot be hidden. */
export function canHide(column: TableColumn): boolean {
  return column !== 'customer';
}

/** Where the AI's conversations are looked through, other columns come first than where the team works (O8). */
const LOOKED_THROUGH: readonly Queue[] = ['all', 'review', 'withAi'];
const FIRST_THERE: readonly TableColumn[] = [
  'customer',
  'question',
  'aiOutcome',
  'tags',
  'channel',
  'messages',
  'activity',
];

function isShownAtFirst(column: TableColumn, queue: Queue): boolean {
  return LOOKED_THROUGH.includes(queue) ? FIRST_THERE.includes(column) : COLUMN_SPECS[column].shown;
}

/** Which columns of a queue are seen, all of them named: as they come there, but for what the reader chose. */
export function visibilityOf(
  chosen: Readonly<Partial<Record<TableColumn, boolean>>>,
  queue: Queue,
): Record<TableColumn, boolean> {
  const visible = (column: TableColumn): boolean =>
    !canHide(column) || (chosen[column] ?? isShownAtFirst(column, queue));
  return Object.fromEntries(TABLE_COLUMNS.map((column) => [column, visible(column)])) as Record<
    TableColumn,
    boolean
  >;
}

/** What the reader chose, with what was changed just now: a choice holds in every queue. */
export function choicesOf(
  chosen: Readonly<Partial<Record<TableColumn, boolean>>>,
  before: Readonly<Record<TableColumn, boolean>>,
  next: Readonly<Record<string, boolean>>,
): Readonly<Partial<Record<TableColumn, boolean>>> {
  const changed = TABLE_COLUMNS.filter(
    (column) => canHide(column) && (next[column] ?? true) !== before[column],
  );
  return { ...chosen, ...Object.fromEntries(changed.map((column) => [column, !before[column]])) };
}

/** The list's order as the table's: every order of the list has its column. */
export function sortingOf({ by, direction }: ListSort): ColumnSort[] {
  const isField = sortedField(by) !== null;
  const column = isField ? by : TABLE_COLUMNS.find((name) => COLUMN_SPECS[name].sort === by);
  return column === undefined ? [] : [{ id: column, desc: direction === 'desc' }];
}

/** The table's order as the list's; null where it names none that the list has. */
export function listSortOf(sorting: readonly ColumnSort[]): ListSort | null {
  const [first] = sorting;
  const direction = first?.desc === true ? 'desc' : 'asc';
  const field = first === undefined ? null : fieldOfColumn(first.id);
  if (field !== null) return { by: fieldSort(field), direction };
  const column = TABLE_COLUMNS.find((name) => name === first?.id);
  const by = column === undefined ? undefined : COLUMN_SPECS[column].sort;
  return by === undefined ? null : { by, direction };
}

/** The columns of the style sheet's grid, and the width in pixels below which they do not go. */
export function templateOf(columns: readonly ShownColumn[]): {
  readonly template: string;
  readonly minWidth: number;
} {
  const widths = columns.map((column) => (isOwnColumn(column) ? COLUMN_SPECS[column] : FIELD_WIDTH));
  return {
    template: widths
      .map(({ min, share }) => (share === 0 ? `${min}px` : `minmax(${min}px, ${share}fr)`))
      .join(' '),
    minWidth: widths.reduce((sum, { min }) => sum + min, 0),
  };
}

const STEP = 50;

/** The rows that the table holds while some are in sight: a stretch around them that seldom changes. */
export function stretchAround(from: number, to: number): readonly [number, number] {
  const first = Math.max(0, Math.floor((from - STEP / 2) / STEP) * STEP);
  return [first, Math.ceil((to + STEP / 2) / STEP) * STEP];
}
