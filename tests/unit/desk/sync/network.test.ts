import { describe, expect, test } from 'vitest';
import { NetworkFact } from '../../../../src/desk/sync/network.ts';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import { hire, NEVER, openTestDesk, openWorld } from '../../../support/desk/world.ts';

describe('whether there is a network', () => {
  test('what the system finds counts until a screen says what its own hears', () => {
    const fact = new NetworkFact(() => 'down');
    expect(fact.now()).toBe('down');
    expect(fact.hear(true)).toBe(true);
    expect(fact.now()).toBe('up');
    expect(fact.hear(true)).toBe(false);
    expect(fact.hear(false)).toBe(true);
    expect(fact.now()).toBe('down');
  });

  test('the first word of a screen is news only where the system found otherwise', () => {
    expect(new NetworkFact(() => 'up').hear(true)).toBe(false);
    expect(new NetworkFact(() => 'unknown').hear(true)).toBe(true);
  });

  test('is a fact of its own: without one, a workspace on this machine stays connected', async () => {
    const world = await openWorld();
    const desk = await openTestDesk(world, await hire(world, 'ada'));
    await settle();
    desk.invalidations.length = 0;
    await desk.desk.handlers['sync.network']({ online: false }, NEVER);
    expect(desk.invalidations).toContainEqual({ topic: 'status', ids: null });
    expect(desk.desk.status()).toMatchObject({ network: 'down', workspace: 'connected' });
    await desk.scheduler.advance(500);
    expect(desk.desk.status()).toMatchObject({ network: 'down', workspace: 'connected' });
  });

  test('[Y8] one that comes back brings the workspace back at once, as does a waking', async () => {
    const world = await openWorld();
    const desk = await openTestDesk(world, await hire(world, 'ada'));
    const fail = async (): Promise<void> => {
      desk.link.fate = () => 'drop';
      for (let round = 0; round < 8; round += 1) await desk.scheduler.advance(30_000);
      expect(desk.desk.status().workspace).toBe('disconnected');
      desk.link.fate = () => 'pass';
    };
    await desk.desk.handlers['sync.network']({ online: false }, NEVER);
    await fail();
    await desk.desk.handlers['sync.network']({ online: true }, NEVER);
    await desk.scheduler.advance(500);
    expect(desk.desk.status()).toMatchObject({ network: 'up', workspace: 'connected' });
    await fail();
    desk.desk.woke(true);
    await desk.scheduler.advance(500);
    expect(desk.desk.status().workspace).toBe('connected');
  });
});
