import { readZip } from './read-zip.ts';

export type ReadCell = string | number | boolean | null;

export interface ReadSheet {
  readonly name: string;
  readonly xml: string;
  /** All rows, header rows included, as wide as the header. */
  readonly rows: readonly (readonly ReadCell[])[];
  /** What the number of each cell means, by its own format; read when it is asked for. */
  kinds(): readonly (readonly CellKind[])[];
}

/** A length is shown as `[h]:mm:ss`, a moment as a date with or without its time; both are numbers of days. */
export type CellKind = 'plain' | 'length' | 'moment';

/** The kind of every cell style, in their order. */
function kindsOfStyles(xml: string): readonly CellKind[] {
  const codes = new Map(
    [...xml.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [
      id,
      code ?? '',
    ]),
  );
  const cells = /<cellXfs[^>]*>(.*?)<\/cellXfs>/s.exec(xml)?.[1] ?? '';
  return [...cells.matchAll(/<xf numFmtId="(\d+)"/g)].map(([, id]) => {
    const code = codes.get(id) ?? '';
    return code.includes('[h]') ? 'length' : /[yd]/.test(code) ? 'moment' : 'plain';
  });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function fromXml(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
}

/** A string of a cell as the format means it: `_xHHHH_` is the character of that code. */
export function decodedText(xml: string): string {
  return fromXml(xml).replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function columnOf(reference: string): number {
  let column = 0;
  for (const char of reference.replace(/\d+$/, '')) column = column * 26 + (char.charCodeAt(0) - 64);
  return column - 1;
}

const CELL = /<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs;
const ROW = /<row r="(\d+)"[^>]*>(.*?)<\/row>/gs;

function cellOf(attributes: string, inner: string): ReadCell {
  const text = /<is><t[^>]*>(.*)<\/t><\/is>/s.exec(inner);
  if (attributes.includes('t="inlineStr"')) return decodedText(text?.[1] ?? '');
  const value = /<v>([^<]*)<\/v>/.exec(inner)?.[1] ?? '';
  return attributes.includes('t="b"') ? value === '1' : Number(value);
}

function rowsOf<T>(xml: string, empty: T, read: (attributes: string, inner: string) => T): T[][] {
  const rows: T[][] = [];
  for (const [, number, content] of xml.matchAll(ROW)) {
    const row: T[] = [];
    for (const [, reference, attributes, inner] of (content ?? '').matchAll(CELL))
      row[columnOf(reference ?? '')] = read(attributes ?? '', inner ?? '');
    rows[Number(number) - 1] = row;
  }
  const width = Math.max(0, ...rows.slice(0, 2).map((row) => row.length));
  return rows.map((row) => Array.from({ length: width }, (_, index) => row[index] ?? empty));
}

/** Reads a workbook that this product wrote: sheets in the order of their tabs. A reader of its own, not the writer's code. */
export function readXlsx(file: string): readonly ReadSheet[] {
  const parts = readZip(file);
  const textOf = (path: string): string => {
    const part = parts.get(path);
    if (part === undefined) throw new Error(`the workbook has no ${path}`);
    return part.toString('utf8');
  };
  const styles = kindsOfStyles(textOf('xl/styles.xml'));
  const kindOf = (attributes: string): CellKind =>
    styles[Number(/ s="(\d+)"/.exec(attributes)?.[1] ?? 0)] ?? 'plain';
  return [...textOf('xl/workbook.xml').matchAll(/<sheet name="([^"]*)" sheetId="(\d+)"/g)].map(
    ([, name, id]) => {
      const xml = textOf(`xl/worksheets/sheet${id}.xml`);
      return {
        name: fromXml(name ?? ''),
        xml,
        rows: rowsOf<ReadCell>(xml, null, cellOf),
        kinds: () => rowsOf<CellKind>(xml, 'plain', kindOf),
      };
    },
  );
}
