import { describe, expect, test } from 'vitest';
import type { WorkspaceSettings } from '../../../../src/protocol/rpc/settings.ts';
import { hire, NEVER, openTestDesk, openWorld, type TestDesk } from '../../../support/desk/world.ts';
import { started } from '../../../support/workspace/events.ts';

async function settingsOf(desk: TestDesk): Promise<WorkspaceSettings> {
  const answer = await desk.desk.handlers['settings.workspace']({}, NEVER);
  if (!('idleHours' in answer)) throw new Error('no settings');
  return answer;
}

describe('settings.workspace', () => {
  test('[O2] [O5] [F2] [S5] what nobody set says so, and the windows are the default', async () => {
    const world = await openWorld();
    const desk = await openTestDesk(world, await hire(world, 'lea', 'lead'));
    expect(await settingsOf(desk)).toEqual({
      zone: null,
      language: null,
      idleHours: { hours: 48, bySource: {} },
      blockRepliesAfterClosing: false,
      attribution: null,
      sources: [],
    });
  });

  test('[O5] [A1] [S5] what a lead sets is there at once, and its screens hear of it', async () => {
    const world = await openWorld();
    const desk = await openTestDesk(world, await hire(world, 'lea', 'lead'));
    desk.invalidations.length = 0;
    await desk.mutate('settings.setZone', { value: 'Asia/Seoul' });
    await desk.mutate('settings.setLanguage', { value: 'ko' });
    await desk.mutate('settings.setIdleWindow', { source: 'zendesk', hours: 72 });
    await desk.mutate('settings.setBlockReplies', { value: true });
    const attribution = { sms: { touches: ['clicked'], windowHours: 120 } } as const;
    await desk.mutate('settings.setAttribution', { value: attribution });
    expect(await settingsOf(desk)).toEqual({
      zone: 'Asia/Seoul',
      language: 'ko',
      idleHours: { hours: 48, bySource: { zendesk: 72 } },
      blockRepliesAfterClosing: true,
      attribution,
      sources: ['zendesk'],
    });
    expect(desk.invalidations.some(({ topic }) => topic === 'info')).toBe(true);
  });

  test('[O5] [S5] an agent may not set them, and is told here', async () => {
    const world = await openWorld();
    const desk = await openTestDesk(world, await hire(world, 'ada'));
    for (const [name, args] of [
      ['settings.setIdleWindow', { source: null, hours: 24 }],
      ['settings.setBlockReplies', { value: true }],
      ['settings.setAttribution', { value: null }],
      ['settings.setZone', { value: 'UTC' }],
      ['settings.setLanguage', { value: 'sv' }],
    ] as const)
      expect(await desk.mutate(name, args)).toMatchObject({ ok: false, refusal: { type: 'forbidden' } });
    expect((await settingsOf(desk)).idleHours).toEqual({ hours: 48, bySource: {} });
  });

  test('[O5] names every source that conversations came from, and every one with a window', async () => {
    const world = await openWorld();
    await world.workspace.ingest('zendesk', { events: [started('c1'), started('c2')] });
    await world.workspace.ingest('shop', { events: [started('c3')] });
    const desk = await openTestDesk(world, await hire(world, 'lea', 'lead'));
    await desk.mutate('settings.setIdleWindow', { source: 'klaviyo', hours: 24 });
    expect((await settingsOf(desk)).sources).toEqual(['klaviyo', 'shop', 'zendesk']);
  });
});
