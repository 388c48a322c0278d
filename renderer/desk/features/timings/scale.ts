/** A stretch of the axis between two neighbouring points, both as shares of its length from 0 to 1. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** Where it begins and how wide it is drawn. */
  readonly x: number;
  readonly width: number;
  /** Drawn shorter than it is: nothing happens in it, and it would leave no room for what does. */
  readonly broken: boolean;
}

/** A time axis: moments in milliseconds to places from 0 to 1, never backwards. */
export interface Scale {
  readonly pieces: readonly Piece[];
  place(at: number): number;
}

/** What is shorter is never cut. */
const SHORTEST_CUT = 4 * 3_600_000;
/** What is this many times as long as everything shorter together is cut. */
const CUT_FACTOR = 4;
/** The share of what remains that one cut piece takes, and all of them together. */
const CUT_SHARE = 1 / 3;
/** Between two marks there is at least this share of the axis, as long as there are few. */
const LEAST_SHARE = 0.05;

interface Weight {
  readonly weight: number;
  readonly broken: boolean;
}

/**
 * How wide lengths are drawn beside each other: as they are, but those that dwarf all the shorter ones together are cut to a
 * third of them, and together to no more than all of them.
 */
export function cutLengths(lengths: readonly number[]): readonly Weight[] {
  const sorted = [...lengths].sort((a, b) => a - b);
  let sum = 0;
  let limit = Infinity;
  for (const length of sorted) {
    if (sum > 0 && length > Math.max(CUT_FACTOR * sum, SHORTEST_CUT)) {
      limit = length;
      break;
    }
    sum += length;
  }
  const count = lengths.filter((length) => length >= limit).length;
  const cut = Math.min(sum * CUT_SHARE, sum / Math.max(count, 1));
  return lengths.map((length) =>
    length >= limit ? { weight: cut, broken: true } : { weight: length, broken: false },
  );
}

interface Gap {
  readonly from: number;
  readonly to: number;
  readonly inner: readonly (Weight & { readonly from: number; readonly to: number })[];
  readonly weight: number;
}

function uniqueSorted(points: readonly number[]): readonly number[] {
  return [...new Set(points)].sort((a, b) => a - b);
}

function gapBetween(from: number, to: number, edges: readonly number[]): Gap {
  const points = uniqueSorted([from, ...edges.filter((edge) => edge > from && edge < to), to]);
  const bounds = points.slice(1).map((end, at) => ({ from: points[at] ?? from, to: end }));
  const cut = cutLengths(bounds.map((bound) => bound.to - bound.from));
  const inner = bounds.map((bound, at) => ({ ...bound, ...(cut[at] ?? { weight: 0, broken: false }) }));
  return { from, to, inner, weight: inner.reduce((sum, { weight }) => sum + weight, 0) };
}

function shares(gaps: readonly Gap[]): readonly { readonly share: number; readonly broken: boolean }[] {
  const cut = cutLengths(gaps.map(({ weight }) => weight));
  const total = cut.reduce((sum, { weight }) => sum + weight, 0);
  const least = Math.min(LEAST_SHARE, 0.5 / Math.max(gaps.length, 1));
  const raw = cut.map(({ weight, broken }) => ({
    share: total === 0 ? 1 / gaps.length : Math.max(weight / total, least),
    broken,
  }));
  const sum = raw.reduce((all, { share }) => all + share, 0);
  return raw.map(({ share, broken }) => ({ share: share / sum, broken }));
}

function piecesOf(gap: Gap, x: number, width: number, whole: boolean): readonly Piece[] {
  const { from, to, inner, weight } = gap;
  if (whole || weight === 0) return [{ from, to, x, width, broken: whole }];
  let at = x;
  return inner.map((part) => {
    const piece = {
      from: part.from,
      to: part.to,
      x: at,
      width: (part.weight / weight) * width,
      broken: part.broken,
    };
    at += piece.width;
    return piece;
  });
}

/**
 * An axis over `marks` (at least the two ends). Between marks it is cut at `edges`, where business hours open and close, so
 * that a night or a weekend without anything in it takes little room. All in milliseconds.
 */
export function timeScale(marks: readonly number[], edges: readonly number[]): Scale {
  const points = uniqueSorted(marks);
  const gaps = points.slice(1).map((to, at) => gapBetween(points[at] ?? to, to, edges));
  let x = 0;
  const pieces = shares(gaps).flatMap(({ share, broken }, at) => {
    const gap = gaps[at];
    if (gap === undefined) return [];
    const made = piecesOf(gap, x, share, broken);
    x += share;
    return made;
  });
  const place = (at: number): number => {
    const piece = pieces.find(({ to }) => at <= to);
    if (piece === undefined) return pieces.length === 0 ? 0 : 1;
    if (at <= piece.from) return piece.x;
    return piece.x + ((at - piece.from) / (piece.to - piece.from)) * piece.width;
  };
  return { pieces, place };
}
