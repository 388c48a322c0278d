/** Steps that read well: 1, 2 or 5 times a power of ten. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const unit = rough / power;
  const factor = unit <= 1 ? 1 : unit <= 2 ? 2 : unit <= 5 ? 5 : 10;
  return factor * power;
}

/**
 * The values of an axis from 0 to at least `max`, about `wanted` steps apart. Counts have no step below 1; a share (`whole`
 * false) may.
 */
export function axisTicks(max: number, wanted = 4, whole = true): readonly number[] {
  if (!(max > 0)) return [0, 1];
  const rough = niceStep(max / wanted);
  const step = whole ? Math.max(1, rough) : rough;
  const count = Math.ceil(max / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** Where one of many columns stands along the line, in pixels from its start. */
export interface Band {
  /** The room of the column, gaps included: what a pointer hits. */
  readonly from: number;
  readonly room: number;
  /** The bar in it. */
  readonly barFrom: number;
  readonly bar: number;
}

const WIDEST_BAR = 28;
const THINNEST_BAR = 1;

/** Divides `width` into `count` columns, thin bars in their middle. `index` counts from the start of the line. */
export function bandAt(index: number, count: number, width: number): Band {
  const room = count === 0 ? 0 : width / count;
  const gap = room > 6 ? Math.max(2, room * 0.3) : room > 2 ? 1 : 0;
  const bar = Math.max(THINNEST_BAR, Math.min(WIDEST_BAR, room - gap));
  const from = index * room;
  return { from, room, barFrom: from + (room - bar) / 2, bar };
}

/**
 * Which of `count` columns have room for a label `labelWidth` wide: evenly apart, the first and the last always (both ends of
 * a range are printed).
 */
export function labelledColumns(count: number, width: number, labelWidth: number): readonly number[] {
  if (count <= 1) return count === 1 ? [0] : [];
  const most = Math.max(2, Math.floor(width / labelWidth));
  const every = Math.ceil((count - 1) / (most - 1));
  const last = count - 1;
  const regular = Array.from({ length: Math.floor(last / every) + 1 }, (_, index) => index * every);
  // The last one takes the place of a neighbour that would touch it.
  const kept = regular.filter((index) => index === 0 || index === last || last - index >= every * 0.75);
  return kept.at(-1) === last ? kept : [...kept, last];
}

/** Moves labels that want to stand at `wanted` (ascending) apart by at least `size`, inside 0…`room`. */
export function spreadLabels(wanted: readonly number[], size: number, room: number): readonly number[] {
  const placed: number[] = [];
  for (const place of wanted) placed.push(Math.max(place, (placed.at(-1) ?? -size) + size));
  let limit = room;
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    const place = Math.min(placed[index] ?? 0, limit);
    placed[index] = place;
    limit = place - size;
  }
  const first = placed[0] ?? 0;
  return first < 0 ? placed.map((place) => place - first) : placed;
}

/** The mark that has the focus: a column, and a part of it; null is the whole column. */
export interface MarkPlace {
  readonly column: number;
  readonly part: number | null;
}

/** The shape keys move over: how many columns, and which parts each has. */
export interface MarkShape {
  readonly columns: number;
  /** The parts of a column that are there, from the bottom up. */
  readonly partsOf: (column: number) => readonly number[];
}

function alongColumn(at: MarkPlace, up: boolean, shape: MarkShape): MarkPlace {
  const places: readonly (number | null)[] = [null, ...shape.partsOf(at.column)];
  const index = places.indexOf(at.part);
  const next = Math.min(places.length - 1, Math.max(0, index + (up ? 1 : -1)));
  return { column: at.column, part: places[next] ?? null };
}

function atColumn(at: MarkPlace, column: number, shape: MarkShape): MarkPlace {
  const clamped = Math.min(shape.columns - 1, Math.max(0, column));
  const keeps = at.part !== null && shape.partsOf(clamped).includes(at.part);
  return { column: clamped, part: keeps ? at.part : null };
}

/**
 * Where a key leads: along the line with the arrows as they point on the screen, Home and End to its ends, a week with the
 * page keys, up and down through the parts of a column. Null for a key that means nothing here.
 */
export function stepMark(key: string, at: MarkPlace, shape: MarkShape, rtl: boolean): MarkPlace | null {
  const forward = rtl ? 'ArrowLeft' : 'ArrowRight';
  const backward = rtl ? 'ArrowRight' : 'ArrowLeft';
  switch (key) {
    case forward:
      return atColumn(at, at.column + 1, shape);
    case backward:
      return atColumn(at, at.column - 1, shape);
    case 'PageDown':
      return atColumn(at, at.column + 7, shape);
    case 'PageUp':
      return atColumn(at, at.column - 7, shape);
    case 'Home':
      return atColumn(at, 0, shape);
    case 'End':
      return atColumn(at, shape.columns - 1, shape);
    case 'ArrowUp':
      return alongColumn(at, true, shape);
    case 'ArrowDown':
      return alongColumn(at, false, shape);
    default:
      return null;
  }
}
