import type { RangePreset } from '../../../../src/domain/overview/presets.ts';
import { presetDays } from '../../../../src/domain/overview/range.ts';
import type { ExportDay, ExportFormat } from '../../../../src/domain/exports/policy.ts';
import { dateOf } from '../../../../src/domain/hours/schedule.ts';
import { civilTimes, dayNumber } from '../../../../src/i18n/dates.ts';
import { baseLanguage } from '../../../../src/i18n/locale.ts';
import type { ExportOptions, ExportRequestInput } from '../../../../src/protocol/rpc/exports.ts';
import { DEFAULT_SORTS, type ListQuery } from '../../../../src/protocol/rpc/list.ts';
import type { ChosenRange } from '../insight/insight-state.ts';

export type ExportDays = 'all' | 'custom' | RangePreset;

/** What stands in the dialog. */
export interface ExportForm {
  readonly what: 'all' | 'list';
  readonly days: ExportDays;
  /** Own days, `2026-06-01`; empty: without end. */
  readonly from: string;
  readonly to: string;
  readonly by: ExportDay;
  readonly language: string;
  /** Empty: none. */
  readonly second: string;
  readonly zone: string;
  readonly format: ExportFormat;
  readonly withMessages: boolean;
  readonly reason: string;
}

/** A shipped language for the screen's one, which may be a pseudo-language. */
function shippedLanguage(locale: string, shipped: readonly string[]): string {
  return (
    shipped.find((tag) => tag === locale) ??
    shipped.find((tag) => baseLanguage(tag) === baseLanguage(locale)) ??
    shipped[0] ??
    'en'
  );
}

/** What the dialog is opened over: the days of a page of figures, or a list that was narrowed down. */
export type ExportOccasion =
  | { readonly of: 'figures'; readonly range: ChosenRange; readonly by: ExportDay }
  | { readonly of: 'list'; readonly isNarrowed: boolean }
  | null;

type Selected = Pick<ExportForm, 'what' | 'days' | 'from' | 'to' | 'by'>;
const LATELY: Selected = { what: 'all', days: 'last30Days', from: '', to: '', by: 'closed' };

/** What is taken along unless one says otherwise: what stands on the screen, so that the file's totals are the screen's. */
function selectedAt(occasion: ExportOccasion): Selected {
  if (occasion === null) return LATELY;
  if (occasion.of === 'list') return occasion.isNarrowed ? { ...LATELY, ...chosenWhat('list') } : LATELY;
  const { range, by } = occasion;
  return 'preset' in range
    ? { ...LATELY, by, days: range.preset }
    : { ...LATELY, by, days: 'custom', from: range.from, to: range.to };
}

/** A list is taken as it stands, whatever its days; everything, for some days. */
export function chosenWhat(what: ExportForm['what']): Pick<ExportForm, 'what' | 'days'> {
  return { what, days: what === 'list' ? 'all' : LATELY.days };
}

/** What the dialog begins with: what stands on the screen, in its language and the account's zone. */
export function newForm(
  options: ExportOptions,
  locale: string,
  ownZone: string,
  occasion: ExportOccasion = null,
): ExportForm {
  return {
    ...selectedAt(occasion),
    language: shippedLanguage(locale, options.languages),
    second: '',
    zone: options.zone ?? ownZone,
    format: 'xlsx',
    withMessages: false,
    reason: '',
  };
}

/** Whether a zone is one that this browser knows. */
export function isKnownZone(zone: string): boolean {
  try {
    return /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

function rangeDays(
  form: ExportForm,
  now: number,
): { readonly from: string | null; readonly to: string | null } {
  if (form.days === 'all') return { from: null, to: null };
  if (form.days === 'custom') return { from: form.from || null, to: form.to || null };
  const { first, last } = presetDays(form.days, dayNumber(civilTimes(form.zone)(now)));
  return { from: dateOf(first), to: dateOf(last) };
}

/** What the engine is asked for. `list`: the open list's query. */
export function requestOf(form: ExportForm, list: ListQuery, now: number): ExportRequestInput {
  const reason = form.reason.trim();
  return {
    query: form.what === 'list' ? list : { queue: 'all', filters: {}, sort: DEFAULT_SORTS.all },
    range: { by: form.by, ...rangeDays(form, now) },
    languages: form.second === '' ? [form.language] : [form.language, form.second],
    zone: form.zone,
    format: form.format,
    withMessages: form.withMessages,
    reason: reason === '' ? null : reason,
  };
}

/** Whether it can be started: a known zone, days in order, a reason where one is asked for. */
export function isComplete(form: ExportForm, options: ExportOptions): boolean {
  if (!options.allowed || !isKnownZone(form.zone)) return false;
  if (form.days === 'custom' && form.from !== '' && form.to !== '' && form.from > form.to) return false;
  return !options.policy.reasonRequired || form.reason.trim() !== '';
}
