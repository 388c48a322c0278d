import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../../src/base/time.ts';
import { addressOfSetting } from '../../../../src/protocol/surveys.ts';
import { handedOver, said, started } from '../../../support/workspace/events.ts';
import { condition } from '../../../support/domain/surveys.ts';
import { type SurveyHouse, surveyHouse } from '../../../support/workspace/surveys.ts';

const DELAY = { delay: HOUR };

async function undoClose(house: SurveyHouse): Promise<void> {
  await house.do(['conversation.undoClose', { conversationId: 'c1', cycle: 1 }]);
}

describe('sending surveys', () => {
  test('[Q3] [Y13] after its delay, not before, and once', async () => {
    const house = await surveyHouse(DELAY);
    await house.close();
    const closedAt = house.clock.now();
    expect(await house.later(HOUR - 1)).toBe(0);
    expect(await house.later(1)).toBe(1);
    expect(await house.later(DAY)).toBe(0);
    expect(await house.csat()).toMatchObject([
      {
        ordinal: 1,
        surveyId: 's1',
        scale: 5,
        medium: 'form',
        ownerId: 'ana',
        sentAt: closedAt + HOUR,
        expiresAt: closedAt + HOUR + 7 * DAY,
        answeredAt: null,
      },
    ]);
  });

  test.each(['customer', 'auto', 'agent', 'ai'] as const)(
    '[Q3] a close by %s at the source counts',
    async (by) => {
      const house = await surveyHouse(DELAY);
      const at = house.clock.now();
      await house.ingest({ id: 'close', type: 'conversation.closed', conversationId: 'c1', at, by });
      expect(await house.later()).toBe(1);
    },
  );

  test('[Q3] an AI conversation that no human had is not asked about', async () => {
    const house = await surveyHouse(DELAY);
    const at = house.clock.now();
    await house.ingest(started('c2', at - 9_000), said('c2', '1', 'customer', at - 8_000), {
      id: 'c2-close',
      type: 'conversation.closed',
      conversationId: 'c2',
      at,
      by: 'customer',
    });
    expect(await house.later()).toBe(0);
  });

  test('[S11] close, undo, close is one cycle and one survey', async () => {
    const house = await surveyHouse({ delay: 0 });
    await house.close();
    expect(await house.later(MINUTE - 1)).toBe(0);
    await undoClose(house);
    expect(await house.later()).toBe(0);
    await house.close();
    expect(await house.later(MINUTE)).toBe(1);
    await undoClose(house);
    await house.close();
    expect(await house.later()).toBe(0);
    expect(await house.csat()).toHaveLength(1);
  });

  test('[Q3] [S11] a customer who writes again within the delay is asked once, after the next closing', async () => {
    const house = await surveyHouse(DELAY);
    await house.close();
    house.clock.advance(20 * MINUTE);
    await house.ingest(said('c1', 'again', 'customer', house.clock.now()));
    expect(await house.later(2 * HOUR)).toBe(0);
    await house.close();
    expect(await house.later(HOUR)).toBe(1);
    expect((await house.csat()).map(({ ordinal }) => ordinal)).toEqual([2]);
    expect(await house.store.closings(house.clock.now(), 10)).toEqual([]);
  });

  test('[Q3] nor does one leave late into a conversation that is open again, when the workspace was away', async () => {
    const house = await surveyHouse(DELAY);
    await house.close();
    house.clock.advance(DAY);
    await house.ingest(said('c1', 'again', 'customer', house.clock.now()));
    expect(await house.later(0)).toBe(0);
  });

  test('[S11] a reopening that is taken back leaves the closing as it was, also after the sweep', async () => {
    const house = await surveyHouse(DELAY);
    await house.close();
    house.clock.advance(10 * MINUTE);
    await house.do(['conversation.reopen', { conversationId: 'c1' }]);
    expect(await house.later(20 * MINUTE)).toBe(0);
    await house.do(['conversation.undoReopen', { conversationId: 'c1', cycle: 2 }]);
    expect(await house.later(30 * MINUTE - 1)).toBe(0);
    expect(await house.later(1)).toBe(1);
    expect((await house.csat()).map(({ ordinal }) => ordinal)).toEqual([1]);
  });

  test('[Q3] [C10] conditions are looked at when it would leave: a tag set or taken away meanwhile counts', async () => {
    const vip = condition('tag', 'isAnyOf', 'vip');
    const house = await surveyHouse({ ...DELAY, conditions: [vip] });
    await house.ingest(...handedOver('c2'));
    const tag = (name: 'tag.add' | 'tag.remove', conversationId: string) =>
      house.do([name, { conversationId, tag: 'vip' }]);
    await tag('tag.add', 'c2');
    await house.close('c1');
    await house.close('c2');
    expect(await house.later(10 * MINUTE)).toBe(0);
    await tag('tag.add', 'c1');
    await tag('tag.remove', 'c2');
    expect(await house.later(HOUR)).toBe(1);
    expect([(await house.csat('c1')).length, (await house.csat('c2')).length]).toEqual([1, 0]);
    expect(await house.store.closings(house.clock.now(), 10)).toEqual([]);
  });

  test('[Q3] every cycle has its own', async () => {
    const house = await surveyHouse(DELAY);
    await house.close();
    await house.later();
    await house.ingest(said('c1', 'again', 'customer', house.clock.now()));
    await house.close();
    await house.later(2 * HOUR);
    expect((await house.csat()).map(({ ordinal }) => ordinal)).toEqual([1, 2]);
  });

  test('[Q3] the assignee at closing owns it, whoever has it when it leaves', async () => {
    const house = await surveyHouse(DELAY);
    await house.close();
    await house.do(['conversation.assign', { conversationId: 'c1', assigneeId: 'boss' }]);
    await house.later();
    expect((await house.csat())[0]?.ownerId).toBe('ana');
  });

  test('[Q3] [C10] VIP only: others pass', async () => {
    const house = await surveyHouse({ ...DELAY, conditions: [condition('profile.vip', 'isAnyOf', 'true')] });
    await house.ingest(...handedOver('c2'), {
      id: 'vip',
      type: 'conversation.profileSet',
      conversationId: 'c2',
      at: house.clock.now(),
      values: { 'profile.vip': true },
    });
    await house.close('c1');
    await house.close('c2');
    expect(await house.later(2 * HOUR)).toBe(1);
    expect([(await house.csat('c1')).length, (await house.csat('c2')).length]).toEqual([0, 1]);
  });

  test('[Q3] what was closed before a survey was switched on is not asked about', async () => {
    const house = await surveyHouse(DELAY);
    await house.close();
    await house.later(30 * MINUTE);
    await house.lead(['survey.setOn', { id: 's1', on: false }], ['survey.setOn', { id: 's1', on: true }]);
    await house.ingest(...handedOver('c2'));
    await house.close('c2');
    expect(await house.later(2 * HOUR)).toBe(1);
    expect([(await house.csat('c1')).length, (await house.csat('c2')).length]).toEqual([0, 1]);
  });

  test('[C11] [Q5] without an address nothing leaves; what waited goes out when there is one', async () => {
    const house = await surveyHouse(DELAY, null);
    await house.close();
    expect(await house.later(2 * HOUR)).toBe(0);
    await house.lead(['address.set', { url: 'https://care.example.com' }]);
    expect(await house.later(MINUTE)).toBe(1);
  });

  test('[C11] and not when it waited too long', async () => {
    const house = await surveyHouse(DELAY, null);
    await house.close();
    await house.later(8 * DAY);
    await house.lead(['address.set', { url: 'https://care.example.com' }]);
    expect(await house.later(MINUTE)).toBe(0);
    expect(await house.store.closings(house.clock.now(), 10)).toEqual([]);
  });

  test('[C11] another channel than our messenger gets the link', async () => {
    const house = await surveyHouse(DELAY);
    await house.ingest(
      ...handedOver('c2').map((event) =>
        event.type === 'conversation.started' ? { ...event, channel: 'whatsapp' } : event,
      ),
    );
    await house.close('c2');
    await house.later();
    const [row] = await house.csat('c2');
    expect(row?.medium).toBe('link');
    expect(row?.link).toMatch(/^\/survey\//);
  });

  test('[C9] in the customer’s language, else the conversation’s, else the survey’s', async () => {
    const house = await surveyHouse({ ...DELAY, defaultLanguage: 'sv' });
    const at = house.clock.now() - 60_000;
    const withLanguages = (id: string, customer: string | null, language: string | null) =>
      handedOver(id, at).map((event) =>
        event.type === 'conversation.started'
          ? { ...event, language, profile: { id: `${id}-customer`, language: customer } }
          : event,
      );
    await house.ingest(
      ...withLanguages('k1', 'ko', 'en'),
      ...withLanguages('k2', null, 'pt-BR'),
      ...withLanguages('k3', null, null),
    );
    for (const id of ['k1', 'k2', 'k3']) await house.close(id);
    await house.later();
    const languages = await Promise.all(
      ['k1', 'k2', 'k3'].map(async (id) => (await house.csat(id))[0]?.language),
    );
    expect(languages).toEqual(['ko', 'pt-BR', 'sv']);
  });

  test('[Q3] thousands at once', async () => {
    const house = await surveyHouse(DELAY);
    const ids = Array.from({ length: 1_200 }, (_, at) => `b${at}`);
    await house.workspace.ingest('test', { events: ids.flatMap((id) => handedOver(id)) });
    const at = house.clock.now();
    await house.workspace.ingest('test', {
      events: ids.map((id) => ({
        id: `${id}-x`,
        type: 'conversation.closed',
        conversationId: id,
        at,
        by: 'agent',
      })),
    });
    expect(await house.later()).toBe(1_200);
    expect(await house.later()).toBe(0);
  });

  test('[Q3] [Y13] a workspace that was closed and opened again sends what is due, once', async () => {
    const house = await surveyHouse(DELAY);
    await house.close();
    house.clock.advance(2 * HOUR);
    const [first, second] = [await house.workspace.sweep(), await house.workspace.sweep()];
    expect([first.sent, second.sent]).toEqual([1, 0]);
  });

  test('[T11] what was sent and answered folds to the same rows', async () => {
    const house = await surveyHouse(DELAY);
    await house.close();
    await house.later();
    await house.workspace.answerSurvey(await house.token(), { score: 4, comment: 'ok' });
    await house.ingest(said('c1', 'late', 'customer', house.clock.now() - 3 * HOUR));
    expect((await house.workspace.check()).damage).toEqual([]);
    expect(await house.csat()).toMatchObject([{ score: 4, comment: 'ok' }]);
  });

  test('[Q6] a cycle with an imported score is not asked about', async () => {
    const house = await surveyHouse(DELAY);
    await house.close();
    await house.ingest({
      id: 's',
      type: 'csat.answered',
      conversationId: 'c1',
      at: house.clock.now(),
      score: 3,
    });
    expect(await house.later()).toBe(0);
    expect(await house.csat()).toMatchObject([{ surveyId: null, scale: null, score: 3 }]);
  });
});

describe('where customers reach the workspace', () => {
  const address = async (house: SurveyHouse) =>
    addressOfSetting((await house.store.rows('setting', [['publicAddress']]))[0]?.value ?? null);

  test('[Q5] the host says it for itself, and an admin’s word stands above', async () => {
    const house = await surveyHouse(null, null);
    await house.workspace.listensAt('http://127.0.0.1:4100');
    const head = await house.workspace.head();
    await house.workspace.listensAt('http://127.0.0.1:4100');
    expect(await house.workspace.head()).toBe(head);
    expect(await address(house)).toEqual({ url: 'http://127.0.0.1:4100', by: 'host' });
    await house.workspace.listensAt(null);
    expect(await address(house)).toBeNull();
    await house.lead(['address.set', { url: 'https://care.example.com' }]);
    await house.workspace.listensAt('http://127.0.0.1:4100');
    expect(await address(house)).toEqual({ url: 'https://care.example.com', by: 'admin' });
  });
});
