import { describe, expect, test } from 'vitest';
import { HOUR } from '../../../src/base/time.ts';
import { DEFAULT_POLICY } from '../../../src/domain/events.ts';
import { parseSettings, settingRows, settingsOfRows } from '../../../src/protocol/settings.ts';
import { started } from '../../support/workspace/events.ts';
import { openHouse } from '../../support/workspace/house.ts';

const WEEK = {
  mon: [
    ['09:00', '12:00'],
    ['13:00', '18:00'],
  ],
  fri: [['22:00', '06:00']],
};
const VERSION = { validFrom: '2026-01-01', zone: 'Europe/Stockholm', week: WEEK, holidays: ['2026-12-25'] };

/** The wrong places of a file, each with what is wrong. */
function problems(content: unknown): readonly string[] {
  const parsed = parseSettings(content);
  return parsed.ok ? [] : parsed.error.problems.map(({ path, code }) => `${path} ${code}`);
}

describe('idle windows and attribution in a settings file', () => {
  const FILE = {
    idleHours: { hours: 24, bySource: { zendesk: 72 } },
    attribution: { sms: { touches: ['clicked'], windowHours: 120 } },
  };

  test('[O5] [A1] come out as they went in, and say who set them', async () => {
    const house = await openHouse();
    expect(await house.workspace.importSettings(FILE)).toEqual({
      ok: true,
      value: { keys: ['attribution', 'idleHours'] },
    });
    expect(await house.workspace.settings()).toMatchObject(FILE);
    expect(await house.workspace.policy()).toMatchObject({
      idleWindow: 24 * HOUR,
      idleWindowBySource: { zendesk: 72 * HOUR },
    });
    expect((await house.store.audit(0, 10)).at(-1)).toMatchObject({ action: 'settings.imported' });
  });

  test('[S3] count from the beginning where nothing came in yet, else from now on', async () => {
    const house = await openHouse();
    await house.workspace.importSettings({ idleHours: { hours: 24 } });
    expect((await house.workspace.policy()).earlierIdle).toBeUndefined();
    await house.ingest(started('c1'));
    await house.workspace.importSettings({ idleHours: { hours: 24, bySource: {} } });
    expect((await house.workspace.policy()).earlierIdle).toBeUndefined();
    await house.workspace.importSettings({ idleHours: { bySource: { test: 72 } } });
    expect(await house.workspace.policy()).toEqual({
      idleWindow: 48 * HOUR,
      idleWindowBySource: { test: 72 * HOUR },
      earlierIdle: [{ idleWindow: 24 * HOUR, idleWindowBySource: {}, until: house.clock.now() }],
      blockRepliesAfterClosing: false,
    });
  });

  test('[O5] the default, said in a file, is the default again', async () => {
    const house = await openHouse();
    await house.workspace.importSettings({ idleHours: { hours: 24 } });
    await house.workspace.importSettings({ idleHours: {} });
    expect(await house.workspace.policy()).toEqual(DEFAULT_POLICY);
  });

  test.each([
    [{ idleHours: { hours: 0 } }, ['idleHours.hours notAsExpected']],
    [{ idleHours: { bySource: { zendesk: '72' } } }, ['idleHours.bySource.zendesk notAsExpected']],
    [{ idleHours: { bySource: { '': 72 } } }, ['idleHours.bySource. notAsExpected']],
    [{ idleHours: { minutes: 5 } }, ['idleHours.minutes unknownKey']],
    [{ attribution: { sms: { touches: [], windowHours: 1 } } }, ['attribution.sms.touches notAsExpected']],
    [{ attribution: { web_chat: FILE.attribution.sms } }, ['attribution.web_chat notAsExpected']],
  ])('[O5] [A1] %j is named by its place', (content, expected) => {
    expect(problems(content)).toEqual(expected);
  });
});

describe('replies after closing in a settings file', () => {
  test('[S5] come out as they went in, count from now on, and leave the windows alone', async () => {
    const house = await openHouse();
    await house.workspace.importSettings({ idleHours: { hours: 24 } });
    await house.ingest(started('c1'));
    const { arrival } = await house.store.head();
    expect(await house.workspace.importSettings({ blockRepliesAfterClosing: true })).toEqual({
      ok: true,
      value: { keys: ['blockRepliesAfterClosing'] },
    });
    expect(await house.workspace.policy()).toMatchObject({
      idleWindow: 24 * HOUR,
      blockRepliesAfterClosing: true,
      earlierBlocking: [{ until: arrival + 1, blocks: false }],
    });
    await house.workspace.importSettings({ idleHours: {}, blockRepliesAfterClosing: true });
    expect(await house.workspace.settings()).toMatchObject({
      idleHours: { hours: 48, bySource: {} },
      blockRepliesAfterClosing: true,
    });
  });

  test('[S5] where nobody ever spoke of them an export says nothing; once spoken of, it says what stands', async () => {
    const house = await openHouse();
    await house.workspace.importSettings({ idleHours: { hours: 24 } });
    expect(await house.workspace.settings()).not.toHaveProperty('blockRepliesAfterClosing');
    await house.ingest(started('c1'));
    await house.workspace.importSettings({ blockRepliesAfterClosing: true });
    await house.ingest(started('c2'));
    await house.workspace.importSettings({ blockRepliesAfterClosing: false });
    expect(await house.workspace.settings()).toMatchObject({ blockRepliesAfterClosing: false });
  });

  test('[S5] what is neither true nor false is named by its place', () => {
    expect(problems({ blockRepliesAfterClosing: 'yes' })).toEqual(['blockRepliesAfterClosing notAsExpected']);
  });
});

describe('the scope in a settings file', () => {
  test('[Y9] says how much agents’ desks copy, and comes out as it went in', async () => {
    const house = await openHouse();
    await house.workspace.importSettings({ scope: { agentDays: 90 } });
    expect(await house.workspace.settings()).toMatchObject({ scope: { agentDays: 90 } });
    await house.workspace.importSettings({ scope: { agentDays: null } });
    expect(await house.workspace.settings()).not.toHaveProperty('scope');
  });

  test.each([
    [{ scope: { agentDays: 6 } }, ['scope.agentDays notAsExpected']],
    [{ scope: 90 }, ['scope notAsExpected']],
    [{ scope: { agentDays: 90, leadDays: 7 } }, ['scope.leadDays unknownKey']],
  ])('[Y9] %j is named by its place', (content, expected) => {
    expect(problems(content)).toEqual(expected);
  });
});

describe('a settings file', () => {
  test('[T5] holds versions of the hours as they are written', () => {
    const file = { hours: [VERSION, { ...VERSION, validFrom: '2026-07-01', week: {} }] };
    expect(parseSettings(file)).toEqual({ ok: true, value: file });
  });

  test('[T5] may leave out holidays, days, and whole settings', () => {
    expect(parseSettings({})).toEqual({ ok: true, value: {} });
    const bare = { validFrom: '2026-01-01', zone: 'UTC', week: {} };
    expect(parseSettings({ hours: [bare] })).toEqual({
      ok: true,
      value: { hours: [{ ...bare, holidays: [] }] },
    });
  });

  test.each([
    [
      'a time that is none',
      {
        week: {
          mon: [
            ['09:00', '12:00'],
            ['25:00', '18:00'],
          ],
        },
      },
      'week.mon.1.0 notATime',
    ],
    ['a time of another form', { week: { mon: [['9:00', '12:00']] } }, 'week.mon.0.0 notATime'],
    ['a day that begins at its end', { week: { mon: [['24:00', '12:00']] } }, 'week.mon.0.0 notATime'],
    ['an empty interval', { week: { mon: [['09:00', '09:00']] } }, 'week.mon.0.1 emptyRange'],
    ['an interval of three', { week: { mon: [['09:00', '10:00', '11:00']] } }, 'week.mon.0 notAsExpected'],
    ['a day of another week', { week: { monday: [] } }, 'week.monday unknownKey'],
    ['a zone that is none', { zone: 'Mars/Base' }, 'zone notAZone'],
    ['a date that does not exist', { validFrom: '2026-02-29' }, 'validFrom notADate'],
    ['a holiday that is no date', { holidays: ['2026-12-25', 'Easter'] }, 'holidays.1 notADate'],
    ['something more', { colour: 'red' }, 'colour unknownKey'],
  ])('[T5] names the place of %s', (_what, over, expected) => {
    expect(problems({ hours: [{ ...VERSION, ...over }] })).toEqual([`hours.0.${expected}`]);
  });

  test('[T5] names every wrong place, not only the first', () => {
    const bad = { ...VERSION, zone: '', validFrom: 'soon' };
    expect(problems({ hours: [bad], timingPolicy: 'ours', other: 1 })).toEqual([
      'hours.0.validFrom notADate',
      'hours.0.zone notAZone',
      'timingPolicy notAsExpected',
      'other unknownKey',
    ]);
    expect(problems({ hours: [VERSION, VERSION] })).toEqual(['hours.1.validFrom repeatedDate']);
    expect(problems([])).toEqual([' notAsExpected']);
  });

  test('[T13] what cannot be read is as if unset', () => {
    expect(settingsOfRows(null, null)).toEqual({ hours: [], timingPolicy: 'handoff' });
    expect(settingsOfRows('{broken', '"unknown"')).toEqual({ hours: [], timingPolicy: 'handoff' });
    const file = { hours: [VERSION], timingPolicy: 'channel-talk' };
    const parsed = parseSettings(file);
    if (!parsed.ok) throw new Error('refused');
    const [hours, policy] = settingRows(parsed.value);
    expect(settingsOfRows(hours?.value ?? null, policy?.value ?? null)).toEqual(file);
  });
});

describe('settings of a workspace', () => {
  test('[T5] come back as they were put in, and the audit says so', async () => {
    const house = await openHouse();
    expect(await house.workspace.settings()).toEqual({ hours: [], timingPolicy: 'handoff' });
    const imported = await house.workspace.importSettings({ hours: [VERSION] });
    expect(imported).toEqual({ ok: true, value: { keys: ['hours'] } });
    expect(await house.workspace.settings()).toEqual({ hours: [VERSION], timingPolicy: 'handoff' });
    expect(
      (await house.store.audit(0, 10)).map(({ actor, action, detail }) => [actor, action, detail]),
    ).toEqual([['host', 'settings.imported', '{"keys":["hours"]}']]);
    expect(await house.workspace.importSettings(await house.workspace.settings())).toMatchObject({
      ok: true,
    });
    expect((await house.workspace.check()).damage).toEqual([]);
  });

  test('[T5] with one wrong place nothing of a file is applied', async () => {
    const house = await openHouse();
    const head = await house.workspace.head();
    const refused = await house.workspace.importSettings({ timingPolicy: 'channel-talk', hours: [{}] });
    expect(refused.ok).toBe(false);
    expect(await house.workspace.settings()).toEqual({ hours: [], timingPolicy: 'handoff' });
    expect(await house.workspace.head()).toBe(head);
    expect(await house.store.audit(0, 10)).toEqual([]);
  });

  test('[T5] a file that leaves a setting out leaves it as it is; an empty one changes nothing', async () => {
    const house = await openHouse();
    await house.workspace.importSettings({ hours: [VERSION] });
    await house.workspace.importSettings({ timingPolicy: 'channel-talk' });
    expect(await house.workspace.importSettings({})).toEqual({ ok: true, value: { keys: [] } });
    expect(await house.workspace.settings()).toEqual({ hours: [VERSION], timingPolicy: 'channel-talk' });
    expect(await house.store.audit(0, 10)).toHaveLength(2);
  });

  test('[T5] desks hear of new settings', async () => {
    const house = await openHouse();
    const heads: number[] = [];
    house.workspace.onHead((head) => heads.push(head));
    await house.workspace.importSettings({ hours: [VERSION] });
    expect(heads).toEqual([await house.workspace.head()]);
    expect((await house.rows())['setting']).toEqual([['hours', JSON.stringify([VERSION])]]);
  });
});
