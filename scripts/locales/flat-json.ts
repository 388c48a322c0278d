import { placeAt, type TextFinding } from './finding.ts';

/** One text of a locale file, where its key stands. */
export interface Entry {
  readonly key: string;
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

export interface FlatFile {
  readonly entries: readonly Entry[];
  readonly findings: readonly TextFinding[];
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\r\n]*/y;

class Reader {
  private at = 0;
  private readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  get place(): { readonly line: number; readonly column: number } {
    return placeAt(this.text, this.at);
  }
  skip(): void {
    SPACE.lastIndex = this.at;
    this.at += SPACE.exec(this.text)?.[0].length ?? 0;
  }
  take(sign: string): boolean {
    if (this.text[this.at] !== sign) return false;
    this.at += 1;
    this.skip();
    return true;
  }
  string(): string | null {
    STRING.lastIndex = this.at;
    const [raw] = STRING.exec(this.text) ?? [];
    if (raw === undefined) return null;
    this.at += raw.length;
    this.skip();
    const value: unknown = JSON.parse(raw);
    return typeof value === 'string' ? value : null;
  }
  get atEnd(): boolean {
    return this.at >= this.text.length;
  }
  get next(): string {
    return this.atEnd ? 'the end of the file' : JSON.stringify(this.text[this.at]);
  }
}

/**
 * Reads a locale file: one object of texts, nothing nested. Unlike `JSON.parse` it knows the place of each key, sees a key
 * that stands twice, and says line and column of what is wrong. Stops at the first fault of form.
 */
export function readFlatJson(path: string, text: string): FlatFile {
  const reader = new Reader(text);
  const entries: Entry[] = [];
  const fault = (message: string): FlatFile => ({
    entries,
    findings: [...doubles(path, entries), { path, ...reader.place, message }],
  });
  reader.skip();
  if (!reader.take('{')) return fault(`expected {, found ${reader.next}`);
  if (!reader.take('}')) {
    for (;;) {
      const place = reader.place;
      const key = reader.string();
      if (key === null) return fault(`expected a key in quotes, found ${reader.next}`);
      if (!reader.take(':')) return fault(`expected : after "${key}", found ${reader.next}`);
      const value = reader.string();
      if (value === null) return fault(`expected a text in quotes for "${key}", found ${reader.next}`);
      entries.push({ key, text: value, ...place });
      if (reader.take('}')) break;
      if (!reader.take(',')) return fault(`expected , or } after "${key}", found ${reader.next}`);
    }
  }
  if (!reader.atEnd) return fault(`expected the end of the file, found ${reader.next}`);
  return { entries, findings: doubles(path, entries) };
}

function doubles(path: string, entries: readonly Entry[]): readonly TextFinding[] {
  const seen = new Set<string>();
  return entries.flatMap(({ key, line, column }) => {
    const twice = seen.has(key);
    seen.add(key);
    return twice ? [{ path, line, column, message: `duplicate key "${key}"` }] : [];
  });
}

/** The order in which keys stand: by code unit, the same everywhere. */
export function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Keys that stand before one they belong behind. */
export function unsorted(path: string, entries: readonly Entry[]): readonly TextFinding[] {
  return entries.flatMap(({ key, line, column }, index) => {
    const before = entries[index - 1];
    if (before === undefined || inOrder(before.key, key) <= 0) return [];
    return [{ path, line, column, message: `"${key}" belongs before "${before.key}"` }];
  });
}
