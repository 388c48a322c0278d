import type { EpochMillis } from '../../base/time.ts';
import type { ExportDay } from '../../domain/exports/policy.ts';
import type { Role } from '../../domain/model.ts';
import type { TableCount } from '../table.ts';
import { columnMaker, type ReadColumn } from './column.ts';
import type { CsatTotals } from './csat-summary.ts';
import { languageName, type Labels } from './labels.ts';
import type { Identity } from './source.ts';

/** What was asked for, as the sheet tells it. */
export interface ExportRequest {
  readonly zone: string;
  readonly languages: readonly string[];
  readonly range: {
    readonly by: ExportDay;
    /** Days of the calendar in `zone`, both included; null: without end. */
    readonly from: string | null;
    readonly to: string | null;
  };
  readonly queue: string;
  readonly filters: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
}

export interface AboutFacts {
  readonly version: string;
  readonly request: ExportRequest;
  readonly by: { readonly name: string; readonly role: Role };
  readonly identity: Identity;
  readonly exportedAt: EpochMillis;
  /** When this copy of the data last agreed with the workspace; null: never. */
  readonly asOf: EpochMillis | null;
  readonly policy: { readonly name: string; readonly version: number };
  readonly schedules: readonly { readonly validFrom: string; readonly zone: string }[];
  readonly counts: readonly TableCount[];
  readonly csat: CsatTotals;
  readonly digest: string;
}

/** One line of the sheet: a fact with what kind of value it has. */
export interface AboutRow {
  readonly key: string;
  readonly text?: string | null;
  readonly number?: number | null;
  readonly at?: number | null;
}

/** Everything a reader needs to trust the figures, or to make them again. */
export function aboutRows(facts: AboutFacts, labels: Labels): readonly AboutRow[] {
  const { request, counts, csat } = facts;
  const hasRange = request.range.from !== null || request.range.to !== null;
  return [
    { key: 'product', text: `Handoff ${facts.version}` },
    { key: 'asOf', at: facts.asOf },
    { key: 'exportedAt', at: facts.exportedAt },
    { key: 'exportedBy', text: facts.by.name },
    { key: 'role', text: labels.text(`export:role.${facts.by.role}`) },
    { key: 'reason', text: request.reason },
    { key: 'zone', text: request.zone },
    { key: 'languages', text: request.languages.map((tag) => `${languageName(tag)} (${tag})`).join(', ') },
    { key: 'range.by', text: labels.text(`export:range.${hasRange ? request.range.by : 'all'}`) },
    { key: 'range.from', text: request.range.from },
    { key: 'range.to', text: request.range.to },
    { key: 'queue', text: labels.value('sidebar', 'queue', request.queue) },
    {
      key: 'filters',
      text:
        Object.keys(request.filters).length === 0
          ? labels.text('export:filters.none')
          : JSON.stringify(request.filters),
    },
    { key: 'identity', text: labels.text(`export:identity.${facts.identity}`) },
    { key: 'policy', text: `${facts.policy.name} ${facts.policy.version}` },
    {
      key: 'schedules',
      text: facts.schedules.map(({ validFrom, zone }) => `${validFrom} ${zone}`).join(', ') || null,
    },
    ...counts.map(({ id, rows }): AboutRow => ({ key: `rows.${id}`, number: rows })),
    { key: 'csat.sent', number: csat.sent },
    { key: 'csat.answered', number: csat.answered },
    { key: 'csat.imported', number: csat.imported },
    { key: 'shortened', number: counts.reduce((sum, { shortened }) => sum + shortened, 0) },
    { key: 'digest', text: facts.digest },
  ];
}

/** `About`: a fact a line. */
export function aboutColumns(labels: Labels): readonly ReadColumn<AboutRow>[] {
  const column = columnMaker<AboutRow>(labels);
  return [
    column('key', 'text', ({ key }) => key),
    column('label', 'longText', ({ key }) => labels.text(`export:about.${key}`)),
    column('text', 'longText', ({ text }) => text ?? null),
    column('number', 'integer', ({ number }) => number ?? null),
    column('at', 'dateTime', ({ at }) => at ?? null),
  ];
}
