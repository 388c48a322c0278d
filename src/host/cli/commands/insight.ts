import type { Desk } from '../../../desk/open-desk.ts';
import { OVERVIEW_GROUPS, type OverviewGroup } from '../../../domain/overview/presets.ts';
import { resolveRange } from '../../../domain/overview/range.ts';
import {
  FEED_METRICS,
  type FeedMetric,
  type RangeInput,
  type SegmentView,
} from '../../../protocol/rpc/insight.ts';
import { ask } from '../ask.ts';
import {
  type Call,
  type Command,
  type CommandContext,
  DATA_OPTION,
  flagOption,
  JSON_OPTION,
  textOption,
} from '../command.ts';
import { overviewLines, shownItem, shownMember, shownOverview } from '../insight-json.ts';
import { EXIT, type Io, usageError } from '../io.ts';
import { customerLabel, isoTime } from '../list-json.ts';
import { systemClock } from '../../system.ts';
import { withDesk } from '../with-data.ts';
import type { Resources } from '../../../i18n/messages.ts';
import { segmentResources } from '../../locales.ts';

const PAGE = 500;

/** The days a call names; without any, the last 28. */
function rangeOption(call: Call): RangeInput {
  const [from, to, zone] = ['from', 'to', 'zone'].map((name) => textOption(call, name));
  if ((from === undefined) !== (to === undefined))
    throw usageError('--from and --to go together: both days, or neither');
  const range = from === undefined || to === undefined ? ({ preset: 'last28Days' } as const) : { from, to };
  const checked = resolveRange(range, zone ?? 'UTC', systemClock.now());
  if (!checked.ok)
    throw usageError(
      checked.error.type === 'badZone'
        ? `--zone takes an IANA time zone such as Europe/Stockholm, not "${zone ?? ''}"`
        : '--from and --to take days as 2026-09-01, the first not after the last',
    );
  return zone === undefined ? { range } : { range, zone };
}

function groupOption(call: Call): OverviewGroup {
  const text = textOption(call, 'group') ?? 'channel';
  const group = OVERVIEW_GROUPS.find((known) => known === text);
  if (group === undefined)
    throw usageError(`--group takes one of ${OVERVIEW_GROUPS.join(', ')}, not "${text}"`);
  return group;
}

function printJson(io: Io, value: unknown): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`);
}

export const overviewCommand: Command = {
  name: 'overview',
  arguments: '',
  summary: 'say how well the AI does: volume, rates, sales, and conversations per day',
  options: {
    data: DATA_OPTION,
    json: JSON_OPTION,
    from: { type: 'string', value: 'DAY', help: 'first day, 2026-09-01; without it the last 28 days' },
    to: { type: 'string', value: 'DAY', help: 'last day, included' },
    zone: { type: 'string', value: 'ZONE', help: "whose days: an IANA time zone; the account's without it" },
    group: { type: 'string', value: 'BY', help: OVERVIEW_GROUPS.join(', '), default: 'channel' },
  },
  run: async (call, { io }) => {
    if (call.positionals.length > 0) throw usageError('overview takes no arguments');
    const input = { ...rangeOption(call), group: groupOption(call) };
    const answer = await withDesk(call, io, (desk) => ask(desk, 'insight.overview', input));
    if (flagOption(call, 'json')) printJson(io, shownOverview(answer));
    else io.out(`${overviewLines(answer).join('\n')}\n`);
    return EXIT.complete;
  },
};

/** A ready-made segment has a name in each shipped language, and its id besides; another has the name it was given. */
function segmentNamed(segments: readonly SegmentView[], name: string, resources: Resources): SegmentView {
  const wanted = name.toLowerCase();
  const found =
    segments.find(({ id }) => id === name) ??
    segments.find((segment) => segment.name?.toLowerCase() === wanted) ??
    segments.find(({ id }) =>
      Object.values(resources).some(
        ({ segments: names }) => names?.[`ready.${id}`]?.toLowerCase() === wanted,
      ),
    );
  if (found !== undefined) return found;
  const known = segments.map((segment) => segment.name ?? segment.id).join(', ');
  throw usageError(`there is no segment "${name}"; there are ${known}`);
}

async function printSegment(
  desk: Desk,
  name: string,
  json: boolean,
  { io, appRoot }: CommandContext,
): Promise<void> {
  const { segments } = await ask(desk, 'insight.segments', {});
  const { id, name: title, rule, count } = segmentNamed(segments, name, segmentResources(appRoot));
  const members = [];
  for (let offset = 0; offset < count.known; offset += PAGE) {
    const page = await ask(desk, 'insight.segmentMembers', { rule, offset, limit: PAGE });
    members.push(...page.members);
    if (page.members.length === 0) break;
  }
  if (json) {
    printJson(io, { id, name: title ?? id, rule, ...count, members: members.map(shownMember) });
    return;
  }
  io.out(`${title ?? id}: ${count.known} customers, and ${count.anonymous} anonymous\n`);
  for (const { customerId, name: customer, email, phone } of members)
    io.out(`${[customerId, customer ?? '-', email ?? '-', phone ?? '-'].join('\t')}\n`);
}

export const segmentCommand: Command = {
  name: 'segment',
  arguments: 'NAME',
  summary: 'list the customers of a segment, by its name or id',
  options: { data: DATA_OPTION, json: JSON_OPTION },
  run: async (call, context) => {
    const [name, ...others] = call.positionals;
    if (name === undefined || others.length > 0) throw usageError('segment takes the name of one segment');
    await withDesk(call, context.io, (desk) => printSegment(desk, name, flagOption(call, 'json'), context));
    return EXIT.complete;
  },
};

async function printActivity(desk: Desk, metric: FeedMetric, json: boolean, io: Io): Promise<void> {
  let after: string | null = null;
  let count = 0;
  if (json) io.out('[');
  do {
    const page: Awaited<ReturnType<typeof pageAfter>> = await pageAfter(desk, metric, after);
    for (const item of page.items) {
      if (json) io.out(`${count === 0 ? '\n' : ',\n'}${JSON.stringify(shownItem(item))}`);
      else
        io.out(
          `${[isoTime(item.at), item.conversationId ?? '-', customerLabel(item) ?? 'Anonymous'].join('\t')}\n`,
        );
      count += 1;
    }
    if (page.empty !== null) io.err(`nothing yet: ${page.empty.reason}\n`);
    after = page.next;
  } while (after !== null);
  if (json) io.out(count === 0 ? ']\n' : '\n]\n');
}

function pageAfter(desk: Desk, metric: FeedMetric, after: string | null) {
  return ask(desk, 'insight.activity', { metric, after, limit: PAGE });
}

export const activityCommand: Command = {
  name: 'activity',
  arguments: 'METRIC',
  summary: `list the data points of a metric, newest first: ${FEED_METRICS.join(', ')}`,
  options: { data: DATA_OPTION, json: JSON_OPTION },
  run: async (call, { io }) => {
    const [name, ...others] = call.positionals;
    const metric = FEED_METRICS.find((known) => known === name);
    if (metric === undefined || others.length > 0)
      throw usageError(`activity takes one of ${FEED_METRICS.join(', ')}`);
    await withDesk(call, io, (desk) => printActivity(desk, metric, flagOption(call, 'json'), io));
    return EXIT.complete;
  },
};
