import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { DAY, epochMillis } from '../../../../src/base/time.ts';
import { expandSample } from '../../../../src/host/sample/expand-sample.ts';
import { loadSampleData } from '../../../../src/host/sample/load-sample.ts';
import {
  type IngestEvent,
  type IngestEventInput,
  ingestEventSchema,
} from '../../../../src/protocol/ingest.ts';

const NOW = epochMillis(Date.UTC(2026, 10, 21, 9, 30));
const data = loadSampleData(fileURLToPath(new URL('../../../../resources/sample', import.meta.url)));
const sample = expandSample(data, { now: NOW, seed: 1 });
const events: readonly IngestEvent[] = sample.events.map((event) => ingestEventSchema.parse(event));

/** What a reader of the events would say of one conversation; deliberately simple, not the state machine. */
interface Summary {
  readonly id: string;
  readonly language: string | null;
  readonly channel: string;
  readonly named: boolean;
  readonly byHumans: boolean;
  readonly handedOver: boolean;
  readonly resolved: boolean;
  readonly state: 'open' | 'snoozed' | 'closed' | null;
  readonly cycles: number;
  readonly assignee: string | null;
  readonly messages: readonly Extract<IngestEvent, { type: 'message.posted' }>[];
  readonly events: readonly IngestEvent[];
}

function summarize(all: readonly IngestEvent[]): Summary[] {
  const groups = Map.groupBy(
    all.filter((event) => event.type !== 'agent.known'),
    (event) => event.conversationId ?? '',
  );
  return [...groups].map(([id, own]) => {
    const started = own.find((event) => event.type === 'conversation.started');
    if (started === undefined) throw new Error(`${id} never started`);
    const byHumans = started.handledBy === 'human';
    let state: Summary['state'] = null;
    let cycles = 0;
    let assignee: string | null = null;
    const open = (): void => {
      if (state === null || state === 'closed') cycles += 1;
      state = 'open';
    };
    for (const event of own) {
      if (event.type === 'conversation.escalated' || event.type === 'handoff.accepted') open();
      if (event.type === 'message.posted' && event.author.kind === 'customer' && (state !== null || byHumans))
        open();
      if (event.type === 'conversation.closed' && (state !== null || byHumans)) state = 'closed';
      if (event.type === 'conversation.snoozed') state = 'snoozed';
      if (event.type === 'conversation.assigned') assignee = event.assigneeId;
    }
    return {
      id,
      language: started.language ?? null,
      channel: started.channel,
      named: [started.profile.name, started.profile.email, started.profile.phone].some(
        (value) => value != null,
      ),
      byHumans,
      handedOver: own.some(
        (event) => event.type === 'conversation.escalated' || event.type === 'handoff.accepted',
      ),
      resolved: own.some((event) => event.type === 'conversation.resolved'),
      state,
      cycles,
      assignee,
      messages: own.filter((event) => event.type === 'message.posted'),
      events: own,
    };
  });
}

const all = summarize(events);
const count = (fits: (one: Summary) => boolean): number => all.filter(fits).length;
const atOf = ({ at }: { readonly at: string | number }): number => Number(at);
const texts = (event: IngestEventInput): string[] =>
  [
    'text' in event ? event.text : null,
    'reason' in event ? event.reason : null,
    'description' in event ? event.description : null,
  ].filter((value) => value != null);

describe('the sample workspace', () => {
  test('is the same for the same data, moment and seed, and another for another seed', () => {
    expect(expandSample(data, { now: NOW, seed: 1 })).toEqual(sample);
    expect(expandSample(data, { now: NOW, seed: 2 })).not.toEqual(sample);
  });

  test('[I1] every event fits the ingest format', () => {
    const wrong = sample.events.flatMap((event) => {
      const result = ingestEventSchema.safeParse(event);
      return result.success ? [] : [{ event, issue: result.error.issues[0] }];
    });
    expect(wrong).toEqual([]);
  });

  test('has about 300 conversations in equal shares of four languages', () => {
    expect(all.length).toBeGreaterThanOrEqual(290);
    expect(all.length).toBeLessThanOrEqual(320);
    for (const language of ['en', 'ko', 'pt-BR', 'sv']) {
      const share = count((one) => one.language === language);
      expect(share, language).toBeGreaterThanOrEqual(70);
      expect(share, language).toBeLessThanOrEqual(80);
    }
  });

  test('[S2] hands 110 to 130 over, each with a stable code and a short reason', () => {
    const handedOver = all.filter((one) => one.handedOver);
    expect(handedOver.length).toBeGreaterThanOrEqual(110);
    expect(handedOver.length).toBeLessThanOrEqual(130);
    const reasons = events.flatMap((event) =>
      event.type === 'conversation.escalated' || event.type === 'handoff.offered' ? [event] : [],
    );
    for (const { reasonCode, reason } of reasons) {
      expect(reasonCode).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect((reason ?? '').length).toBeGreaterThan(10);
      expect((reason ?? '').length).toBeLessThan(320);
    }
    const codes = new Set(reasons.map(({ reasonCode }) => reasonCode));
    for (const code of [
      'knowledge_gap',
      'explicit_ask',
      'policy_exception',
      'refund_dispute',
      'delivery_lost',
      'warranty',
      'payment_failed',
      'complaint',
      'unintelligible',
    ]) {
      expect([...codes]).toContain(code);
    }
  });

  test('[S1] its inbox is alive: open, snoozed and closed ones, unassigned, mine and of colleagues', () => {
    const open = all.filter(({ state }) => state === 'open');
    expect(open.length).toBeGreaterThanOrEqual(45);
    expect(open.length).toBeLessThanOrEqual(62);
    const me = sample.agents[0]?.id;
    expect(open.filter(({ assignee }) => assignee === null).length).toBeGreaterThanOrEqual(15);
    expect(open.filter(({ assignee }) => assignee === me).length).toBeGreaterThanOrEqual(8);
    expect(open.filter(({ assignee }) => assignee !== null && assignee !== me).length).toBeGreaterThanOrEqual(
      8,
    );
    const snoozed = count(({ state }) => state === 'snoozed');
    expect(snoozed).toBeGreaterThanOrEqual(8);
    expect(snoozed).toBeLessThanOrEqual(12);
    expect(count(({ state }) => state === 'closed')).toBeGreaterThanOrEqual(45);
  });

  test('[S5] some were reopened, up to a third cycle', () => {
    expect(count(({ cycles }) => cycles === 2)).toBeGreaterThanOrEqual(8);
    expect(count(({ cycles }) => cycles === 3)).toBeGreaterThanOrEqual(4);
  });

  test('[S3] the AI resolved about 120; customers left about 45, the last word theirs; about 12 go on', () => {
    const resolved = count((one) => one.resolved);
    expect(resolved).toBeGreaterThanOrEqual(110);
    expect(resolved).toBeLessThanOrEqual(130);
    const left = all.filter(({ byHumans, state, events: own }) => {
      return !byHumans && state === null && own.some(({ type }) => type === 'conversation.closed');
    });
    expect(left.length).toBeGreaterThanOrEqual(38);
    expect(left.length).toBeLessThanOrEqual(50);
    expect(left.map(({ messages }) => messages.at(-1)?.author.kind)).toEqual(left.map(() => 'customer'));
    const going = count(
      ({ state, resolved: done, events: own }) =>
        state === null && !done && own.every(({ type }) => type !== 'conversation.closed'),
    );
    expect(going).toBeGreaterThanOrEqual(10);
    expect(going).toBeLessThanOrEqual(14);
    expect(count(({ byHumans }) => byHumans)).toBeGreaterThanOrEqual(4);
  });

  test('[S3] an automatic close comes the idle window after the last message', () => {
    const automatic = all.flatMap(({ messages, events: own }) => {
      const close = own.find((event) => event.type === 'conversation.closed' && event.by === 'auto');
      const last = messages.at(-1);
      return close === undefined || last === undefined ? [] : [atOf(close) - atOf(last)];
    });
    expect(automatic.length).toBeGreaterThan(5);
    expect(new Set(automatic)).toEqual(new Set([2 * DAY]));
  });

  test('[T8] nothing lies in the future or before the last 28 days; the latest is minutes old', () => {
    const times = sample.events.map(atOf);
    expect(Math.max(...times)).toBeLessThanOrEqual(NOW);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(NOW - 28 * DAY);
    expect(NOW - Math.max(...times)).toBeLessThan(30 * 60_000);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const ends = events.flatMap((event) =>
      event.type === 'conversation.snoozed' ? [Number(event.until)] : [],
    );
    expect(Math.min(...ends)).toBeGreaterThan(NOW);
  });

  test.each([0, 4, 8, 12, 16, 20])('holds at any hour of the day (%i:00 UTC) and for other seeds', (hour) => {
    const now = epochMillis(Date.UTC(2027, 2, 1, hour, 7));
    const other = expandSample(data, { now, seed: hour + 11 });
    const times = other.events.map(atOf);
    expect(Math.max(...times)).toBeLessThanOrEqual(now);
    expect(now - Math.max(...times)).toBeLessThan(60 * 60_000);
    expect(new Set(other.events.map(({ id }) => id)).size).toBe(other.events.length);
  });

  test('customers write by day, in their own zone', () => {
    const zones: Record<string, number> = { en: 0, ko: 9, 'pt-BR': -3, sv: 1, ar: 3, he: 2 };
    const night = all.filter(({ language, messages }) => {
      const first = messages[0];
      if (first === undefined) return false;
      const hour = new Date(atOf(first) + (zones[language ?? 'en'] ?? 0) * 3_600_000).getUTCHours();
      return hour < 6;
    });
    expect(night.length).toBeLessThan(all.length * 0.06);
  });

  test('ids are unique, and every conversation starts before anything else in it', () => {
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    const messageIds = all.flatMap(({ messages }) => messages.map(({ messageId }) => messageId));
    expect(new Set(messageIds).size).toBe(messageIds.length);
    expect(all.map(({ events: own }) => own[0]?.type)).toEqual(all.map(() => 'conversation.started'));
    for (const { id, events: own } of all) {
      const moments = own.map(atOf);
      expect(new Set(moments).size, id).toBe(moments.length);
    }
  });

  test('no text is empty and no slot is left', () => {
    for (const text of sample.events.flatMap(texts)) {
      expect(text.trim()).not.toBe('');
      expect(text).not.toMatch(/\{\{|\}\}|undefined| {2}| \/\/ /);
    }
  });

  test('no two conversations begin with the same words', () => {
    const firsts = all.map(({ messages }) => messages[0]?.text.replace(/SV-?[\w-]+|\d+/g, '#'));
    expect(new Set(firsts).size).toBeGreaterThanOrEqual(firsts.length - 4);
  });

  test('each language is written in its own script', () => {
    const share = (language: string, script: RegExp): number => {
      const own = all.filter((one) => one.language === language);
      const letters = own.flatMap(({ messages }) => messages.map(({ text }) => text)).join('');
      return (letters.match(script)?.length ?? 0) / (letters.match(/\p{L}/gu)?.length ?? 1);
    };
    expect(share('ko', /\p{Script=Hangul}/gu)).toBeGreaterThan(0.8);
    expect(share('en', /\p{Script=Hangul}|[åäöãõç]/giu)).toBeLessThan(0.001);
    expect(share('sv', /[åäö]/giu)).toBeGreaterThan(0.04);
    expect(share('pt-BR', /[áâãàéêíóôõúç]/giu)).toBeGreaterThan(0.02);
  });

  test('some customers write from right to left', () => {
    const rightToLeft = all.filter(({ messages }) =>
      messages.some(({ text }) => /\p{Script=Arabic}|\p{Script=Hebrew}/u.test(text)),
    );
    expect(rightToLeft.length).toBeGreaterThanOrEqual(3);
    expect(rightToLeft.length).toBeLessThanOrEqual(5);
  });

  test('some are long, some messages have many lines, addresses and emoji', () => {
    expect(count(({ messages }) => messages.length >= 40)).toBeGreaterThanOrEqual(3);
    const posted = all.flatMap(({ messages }) => messages.map(({ text }) => text));
    expect(posted.some((text) => text.includes('\n'))).toBe(true);
    expect(posted.some((text) => /\p{Extended_Pictographic}/u.test(text))).toBe(true);
    expect(posted.some((text) => /\S{120,}/.test(text))).toBe(true);
  });

  test('all channels are used, and some customers are anonymous until the hand-off', () => {
    expect(new Set(all.map(({ channel }) => channel))).toEqual(
      new Set(['web_chat', 'email', 'sms', 'whatsapp']),
    );
    expect(count(({ named }) => !named)).toBeGreaterThanOrEqual(8);
    expect(events.some(({ type }) => type === 'customer.identified')).toBe(true);
  });

  test('[S8] tags of the AI and of humans, priorities set and unset, notes, descriptions and product pages', () => {
    const by = new Set(events.flatMap((event) => (event.type === 'conversation.tagged' ? [event.by] : [])));
    expect(by).toContain('agent');
    const priorities = events.flatMap((event) =>
      event.type === 'conversation.prioritized' ? [event.priority] : [],
    );
    expect(new Set(priorities)).toEqual(new Set(['high', 'medium', 'low']));
    expect(priorities.length).toBeLessThan(count(({ handedOver }) => handedOver));
    expect(all.flatMap(({ messages }) => messages).filter(({ note }) => note).length).toBeGreaterThan(30);
    expect(events.filter(({ type }) => type === 'conversation.described').length).toBeGreaterThan(30);
    expect(events.filter(({ type }) => type === 'conversation.profileSet').length).toBeGreaterThan(20);
  });

  test('[A1] products are recommended, some opened, some bought within a day', () => {
    const shown = events.filter(({ type }) => type === 'product.recommended');
    expect(shown.length).toBeGreaterThan(40);
    const bought = all.flatMap(({ events: own }) => {
      const click = own.find(({ type }) => type === 'product.clicked');
      const order = own.find((event) => event.type === 'order.placed');
      return click === undefined || order === undefined ? [] : [{ click, order }];
    });
    expect(bought.length).toBeGreaterThanOrEqual(8);
    for (const { click, order } of bought) {
      expect(atOf(order) - atOf(click)).toBeGreaterThan(0);
      expect(atOf(order) - atOf(click)).toBeLessThanOrEqual(DAY);
    }
    expect(
      new Set(events.flatMap((event) => (event.type === 'order.placed' ? [event.orderId] : []))).size,
    ).toBe(events.filter(({ type }) => type === 'order.placed').length);
  });

  test('five agents, the local user first; every author, assignee and reader is one of them', () => {
    expect(sample.agents).toHaveLength(5);
    const ids = new Set<string | null | undefined>(sample.agents.map(({ id }) => id));
    const named = events.flatMap((event) => {
      if (event.type === 'message.posted' && event.author.kind === 'agent') return [event.author.id];
      return event.type === 'conversation.assigned' && event.assigneeId !== null ? [event.assigneeId] : [];
    });
    expect(new Set([...ids, ...named])).toEqual(ids);
    const me = sample.agents[0]?.id;
    expect(new Set(sample.reads.map(({ agentId }) => agentId))).toEqual(new Set([me]));
    const open = all.filter(({ state }) => state === 'open');
    const lastOf = new Map(open.map(({ id, messages }) => [id, Number(messages.at(-1)?.at)]));
    const read = sample.reads.filter((one) => lastOf.get(one.conversationId) === one.readThroughAt);
    expect(read.length).toBeGreaterThan(5);
    expect(read.length).toBeLessThan(open.length - 10);
  });

  test('nobody real: mail of example domains, numbers kept free, addresses of the example shop', () => {
    const profiles = events.flatMap((event) =>
      event.type === 'conversation.started' || event.type === 'customer.identified' ? [event.profile] : [],
    );
    for (const { email, phone } of profiles) {
      if (email != null) expect(email).toMatch(/^[a-z0-9.]+@example\.(com|org|net)$/);
      if (phone != null) expect(phone).toMatch(/^\+(44 7700 900\d{3}|46 70 174 06 \d\d|55 10 9|82 10-0000-)/);
    }
    const urls = sample.events
      .flatMap((event) => JSON.stringify(event).match(/https?:\/\/[^\s"\\]+/g) ?? [])
      .map((url) => new URL(url).host);
    expect(new Set(urls)).toEqual(new Set(['shop.example.com']));
  });
});
