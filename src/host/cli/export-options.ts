import path from 'node:path';
import { EXPORT_DAYS, EXPORT_FORMATS, type ExportFormat } from '../../domain/exports/policy.ts';
import { dayNumber } from '../../domain/hours/schedule.ts';
import { isZone } from '../../domain/hours/zone.ts';
import { DEFAULT_SORTS } from '../../protocol/rpc/list.ts';
import type { ExportRequestInput } from '../../protocol/rpc/exports.ts';
import { type Call, flagOption, textOption } from './command.ts';
import { usageError } from './io.ts';

const FORMAT_OF: Readonly<Record<string, ExportFormat>> = {
  '.xlsx': 'xlsx',
  '.csv': 'csv',
  '.zip': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
};

/** An export as the command line asks for it; null where the workspace's own setting is meant. */
export interface WantedExport extends Omit<ExportRequestInput, 'zone' | 'languages'> {
  readonly zone: string | null;
  readonly languages: readonly string[] | null;
  readonly out: string;
}

function dayOption(call: Call, name: string): string | null {
  const text = textOption(call, name);
  if (text === undefined) return null;
  if (dayNumber(text) === null) throw usageError(`--${name} takes a day as 2026-06-01, not "${text}"`);
  return text;
}

function choice<T extends string>(name: string, known: readonly T[], text: string): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw usageError(`--${name} takes one of ${known.join(', ')}, not "${text}"`);
  return found;
}

function formatOption(call: Call, out: string): ExportFormat {
  const text = textOption(call, 'format');
  const ending = path.extname(out).toLowerCase();
  const named = FORMAT_OF[ending];
  if (text === undefined) return named ?? 'xlsx';
  const format = choice('format', EXPORT_FORMATS, text);
  // A spreadsheet would open the file by its ending and fail on what is in it.
  if (named !== undefined && named !== format)
    throw usageError(`--format ${format} does not go with a FILE that ends in ${ending}`);
  return format;
}

function languagesOption(call: Call, shipped: readonly string[]): readonly string[] | null {
  const text = textOption(call, 'languages');
  if (text === undefined) return null;
  const languages = text.split(',').map((tag) => tag.trim());
  for (const tag of languages)
    if (!shipped.includes(tag))
      throw usageError(`--languages takes one or two of ${shipped.join(', ')}, not "${tag}"`);
  if (languages.length > 2 || new Set(languages).size < languages.length)
    throw usageError('--languages takes one or two different languages');
  return languages;
}

/** The reason that the audit log keeps where the command line gave none: who holds the data's folder needs no other. */
export const COMMAND_LINE = 'command line';

/** Reads what `export csat` is asked for; a usage error names the wrong option. */
export function wantedExport(call: Call, shipped: readonly string[]): WantedExport {
  if (call.positionals.length > 0) throw usageError('export csat takes no arguments but its options');
  const out = textOption(call, 'out');
  if (out === undefined || out === '') throw usageError('export csat takes --out FILE');
  const zone = textOption(call, 'zone') ?? null;
  if (zone !== null && !isZone(zone))
    throw usageError(`--zone takes a time zone as Asia/Seoul, not "${zone}"`);
  const [from, to] = [dayOption(call, 'from'), dayOption(call, 'to')];
  if (from !== null && to !== null && from > to) throw usageError('--from lies after --to');
  return {
    query: { queue: 'all', filters: {}, sort: DEFAULT_SORTS.all },
    range: { by: choice('by', EXPORT_DAYS, textOption(call, 'by') ?? 'started'), from, to },
    languages: languagesOption(call, shipped),
    zone,
    format: formatOption(call, out),
    withMessages: flagOption(call, 'with-messages'),
    reason: textOption(call, 'reason') ?? COMMAND_LINE,
    out,
  };
}
