import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Whether LibreOffice is on this machine; without it the tests that read with it are skipped and say so. */
export const hasLibreOffice = spawnSync('soffice', ['--version'], { timeout: 30_000 }).status === 0;

export type OfficeCell = string | number | null;

/** A sheet as LibreOffice understood it. Moments are epoch milliseconds of the wall, lengths milliseconds, booleans 0 or 1. */
export interface OfficeSheet {
  readonly name: string;
  readonly rows: readonly (readonly OfficeCell[])[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(xml: string): string {
  return xml
    .replaceAll(/<text:s(?: text:c="(\d+)")?\/>/g, (_, count: string | undefined) =>
      ' '.repeat(Number(count ?? 1)),
    )
    .replaceAll('<text:tab/>', '\t')
    .replaceAll('<text:line-break/>', '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
}

function attribute(attributes: string, name: string): string | null {
  return new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1] ?? null;
}

function lengthOf(text: string): number {
  const [, hours, minutes, seconds] = /^PT(\d+)H(\d+)M([\d.]+)S$/.exec(text) ?? [];
  return Math.round((Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000);
}

function valueOf(attributes: string, inner: string): OfficeCell {
  switch (attribute(attributes, 'office:value-type')) {
    case null:
      return null;
    case 'date':
      return Date.parse(
        `${attribute(attributes, 'office:date-value')?.replace(/^(\d{4}-\d\d-\d\d)$/, '$1T00:00:00')}Z`,
      );
    case 'time':
      return lengthOf(attribute(attributes, 'office:time-value') ?? '');
    case 'boolean':
      return attribute(attributes, 'office:boolean-value') === 'true' ? 1 : 0;
    case 'string':
      return [...inner.matchAll(/<text:p[^>]*?(?:\/>|>(.*?)<\/text:p>)/gs)]
        .map(([, text]) => plain(text ?? ''))
        .join('\n');
    default:
      return Number(attribute(attributes, 'office:value'));
  }
}

const TABLE = /<table:table table:name="([^"]*)"[^>]*>(.*?)<\/table:table>/gs;
const ROW = /<table:table-row([^>]*?)(?:\/>|>(.*?)<\/table:table-row>)/gs;
const CELL = /<table:(?:covered-)?table-cell([^>]*?)(?:\/>|>(.*?)<\/table:(?:covered-)?table-cell>)/gs;

function rowOf(xml: string): OfficeCell[] {
  const cells: OfficeCell[] = [];
  for (const [, attributes, inner] of xml.matchAll(CELL)) {
    const value = valueOf(attributes ?? '', inner ?? '');
    const times = Number(attribute(attributes ?? '', 'table:number-columns-repeated') ?? 1);
    // What fills the sheet to its edge is nothing.
    if (value === null && times > 200) break;
    for (let time = 0; time < times; time += 1) cells.push(value);
  }
  return cells;
}

/** Opens a workbook with LibreOffice, without repair, and reads every cell of every sheet. Throws when it will not open it. */
export function openWithLibreOffice(file: string): readonly OfficeSheet[] {
  const folder = dirname(file);
  const ran = spawnSync('soffice', ['--headless', '--convert-to', 'fods', '--outdir', folder, file], {
    env: { ...process.env, HOME: folder },
    timeout: 120_000,
    encoding: 'utf8',
  });
  if (ran.status !== 0) throw new Error(`LibreOffice: ${ran.stderr}`);
  const xml = readFileSync(join(folder, basename(file).replace(/\.xlsx$/, '.fods')), 'utf8');
  return [...xml.matchAll(TABLE)].map(([, name, content]) => {
    const rows: OfficeCell[][] = [];
    for (const [, attributes, inner] of (content ?? '').matchAll(ROW)) {
      const times = Number(attribute(attributes ?? '', 'table:number-rows-repeated') ?? 1);
      if (times > 1_000) break;
      for (let time = 0; time < times; time += 1) rows.push(rowOf(inner ?? ''));
    }
    const width = rows[1]?.length ?? 0;
    return {
      name: plain(name ?? ''),
      rows: rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? null)),
    };
  });
}
