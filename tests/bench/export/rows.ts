import type { Cell, CellType, Table } from '../../../src/export/table.ts';

/** Texts of four languages, as customers write them: markup, line breaks, what looks like a formula. */
const TEXTS = [
  '환불 문의드립니다. 배송이 아직 안 왔어요',
  'Var är mitt paket? Det skulle ha kommit i tisdags.',
  'Onde está o meu pedido? Ainda não chegou & preciso dele',
  'Where is my order? It said "delivered" <yesterday>',
  '=1+1',
  'web_chat',
] as const;

const TYPES: readonly CellType[] = [
  'text',
  'text',
  'longText',
  'text',
  'number',
  'integer',
  'boolean',
  'dateTime',
  'duration',
  'text',
];
export const COLUMNS = 30;
const START = 1_700_000_000_000;

/** The table of B11: 30 columns, headers in four languages. */
export const TABLE: Table = {
  id: 'rows',
  name: 'UserChat data',
  columns: Array.from({ length: COLUMNS }, (_, index) => ({
    key: `key.${index}`,
    header: ['첫 응대 시간', 'Tid till första svar', 'Tempo de resolução', 'Inflow page'][index % 4] ?? '',
    type: TYPES[index % TYPES.length] ?? 'text',
  })),
};

function cell(type: CellType, row: number, column: number): Cell {
  const text = TEXTS[(row + column) % TEXTS.length] ?? '';
  switch (type) {
    case 'longText':
      return `${text} ${row * 31 + column}`;
    case 'number':
      return (row * 7 + column) / 8;
    case 'integer':
      return row + column;
    case 'boolean':
      return (row + column) % 3 === 0;
    case 'dateTime':
      return START + row * 61_000 + column * 1_000;
    case 'duration':
      return ((row * 37 + column) % 200_000) * 1_000;
    default:
      return text;
  }
}

/** Rows, made as they are asked for. */
export function* benchRows(count: number): Generator<readonly Cell[]> {
  for (let row = 0; row < count; row += 1)
    yield TABLE.columns.map(({ type }, column) => cell(type, row, column));
}
