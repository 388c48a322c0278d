import { describe, expect, test } from 'vitest';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import { mutation, page, stage } from '../../../support/desk/sync-stage.ts';

describe('a round', () => {
  test('greets, pushes everything, pulls to the head, and rests', async () => {
    const { target, transport, loop, said } = stage();
    target.waiting = [1, 2, 3].map(mutation);
    loop.start();
    await settle();
    expect(transport.calls).toEqual(['hello', 'push 1,2', 'push 3', 'pull 1']);
    expect(target.did.slice(-2)).toEqual(['follow 1-4', 'complete']);
    expect(said.at(-1)).toMatchObject({ workspace: 'connected', problem: null });
  });

  test('[Y8] an idle desk pulls by itself every half a minute, more or less', async () => {
    const { scheduler, transport, loop } = stage();
    loop.start();
    await settle();
    const [delay] = scheduler.waiting();
    expect(delay).toBeGreaterThanOrEqual(24_000);
    expect(delay).toBeLessThanOrEqual(36_000);
    await scheduler.advance(36_000);
    expect(transport.calls).toEqual(['hello', 'pull 1', 'pull 1']);
  });

  test('[Y8] a poke pulls at once; one that tells nothing new does not', async () => {
    const { transport, loop } = stage();
    loop.start();
    await settle();
    transport.poke(1);
    await settle();
    expect(transport.calls).toEqual(['hello', 'pull 1']);
    transport.poke(9);
    await settle();
    expect(transport.calls).toEqual(['hello', 'pull 1', 'pull 1']);
  });

  test('what is made while it works goes in the same round', async () => {
    const { target, transport, loop } = stage();
    transport.held = [];
    loop.start();
    await settle();
    transport.held.shift()?.();
    await settle();
    target.waiting = [mutation(1)];
    loop.kick();
    transport.held.splice(0).forEach((go) => go());
    transport.held = null;
    await settle();
    expect(transport.calls).toEqual(['hello', 'pull 1', 'push 1', 'pull 1']);
  });

  test('[Y6] what a restored workspace forgot is offered in the same round, not half a minute later', async () => {
    const { target, transport, loop } = stage();
    target.toReoffer = 1;
    loop.start();
    await settle();
    expect(transport.calls).toEqual(['hello', 'pull 1', 'pull 1']);
  });

  test('[Y8] what a poke names is pulled until it is there, part by part', async () => {
    const { target, transport, loop } = stage();
    loop.start();
    await settle();
    transport.reach = 3;
    transport.calls.length = 0;
    transport.poke(9);
    await settle();
    expect(transport.calls).toEqual(['pull 1', 'pull 4', 'pull 7']);
    expect(target.did.filter((did) => did === 'complete')).toHaveLength(2);
    expect(target.did.at(-1)).toBe('complete');
    transport.poke(7);
    await settle();
    expect(transport.calls).toHaveLength(3);
  });

  test('[Y10] an answer that took just as long as it may still measures, halfway', async () => {
    for (const [took, offsets] of [
      [2_000, [421_000]],
      [2_001, []],
    ] as const) {
      const { clock, target, transport, loop } = stage();
      transport.offset = 420_000;
      transport.held = [];
      loop.start();
      await settle();
      clock.advance(took);
      transport.held.shift()?.();
      await settle();
      transport.renew();
      await settle();
      expect(target.offsets).toEqual(offsets);
    }
  });

  test('[Y10] the distance of the clocks is measured on the way, and a slow answer says nothing', async () => {
    const { clock, target, transport, loop } = stage();
    transport.offset = 420_000;
    transport.held = [];
    loop.start();
    await settle();
    clock.advance(1_000);
    transport.held.shift()?.();
    await settle();
    expect(target.offsets).toEqual([420_500]);
    clock.advance(10_000);
    transport.held.shift()?.();
    await settle();
    expect(target.offsets).toHaveLength(1);
  });
});

describe('[Y9] a bootstrap', () => {
  test('goes page by page, in slices, then pulls from its first head', async () => {
    const { target, transport, loop } = stage();
    target.place = { type: 'bootstrap', position: null };
    transport.head = 7;
    transport.pages = [page(5, { phase: 'message', after: ['m1'] }, 4_500), page(6, null)];
    loop.start();
    await settle();
    expect(transport.calls).toEqual(['hello', 'bootstrap', 'bootstrap', 'pull 6']);
    expect(target.did.filter((step) => step.startsWith('slice'))).toEqual([
      'slice of 2000',
      'slice of 2000',
      'slice of 500',
      'slice of 1',
    ]);
  });

  test('of another history begins again', async () => {
    const { target, transport, loop } = stage();
    target.place = { type: 'bootstrap', position: { phase: 'message', after: ['m1'] } };
    transport.pages = [page(5, null, 1, 'e2'), page(1, null)];
    loop.start();
    await settle();
    expect(target.did).toEqual([
      'greet ada',
      'page at 5',
      'reset',
      'page at 1',
      'slice of 1',
      'page end',
      'page left',
      'follow 1-1',
      'complete',
    ]);
  });

  test('[Y6] follows a reset', async () => {
    const { target, transport, loop } = stage();
    transport.resets = 1;
    target.toClear = 2;
    transport.pages = [page(1, null)];
    loop.start();
    await settle();
    expect(target.did.slice(1, 5)).toEqual(['reset', 'clear some', 'clear some', 'page at 1']);
    expect(transport.calls).toEqual(['hello', 'pull 1', 'bootstrap', 'pull 1']);
  });

  test('stops between slices when the desk goes offline, and goes on where it was', async () => {
    const { target, transport, loop } = stage();
    target.place = { type: 'bootstrap', position: null };
    transport.pages = [page(1, null, 3_000), page(1, null)];
    const apply = target.applySlice.bind(target);
    target.applySlice = (tables) => {
      apply(tables);
      loop.setOffline(true);
    };
    loop.start();
    await settle();
    expect(target.did.filter((step) => step === 'slice of 2000')).toHaveLength(1);
    expect(target.did).not.toContain('page end');
    // What the half page brought is told all the same.
    expect(target.did.at(-1)).toBe('page left');
  });
});

describe('failures', () => {
  test('[Y8] wait longer each time, never in step, and begin with hello again', async () => {
    const { scheduler, transport, loop, said } = stage();
    transport.failure = 'unavailable';
    loop.start();
    await settle();
    const delays: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      const [delay = 0] = scheduler.waiting();
      delays.push(delay);
      await scheduler.advance(delay);
    }
    expect(said.at(-1)).toMatchObject({ workspace: 'disconnected', problem: 'unavailable' });
    expect(delays[0]).toBeLessThanOrEqual(1_000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(30_000);
    expect(Math.max(...delays.slice(6))).toBeGreaterThan(5_000);
    expect(new Set(delays).size).toBe(delays.length);
    transport.failure = null;
    await scheduler.advance(30_000);
    expect(transport.calls.slice(-2)).toEqual(['hello', 'pull 1']);
    expect(said.at(-1)).toMatchObject({ workspace: 'connected', problem: null });
  });

  test('[Y8] two desks that fail together do not come back together', async () => {
    const [one, other] = [stage(1), stage(2)];
    for (const { transport, loop } of [one, other]) {
      transport.failure = 'unavailable';
      loop.start();
      await settle();
    }
    expect(one.scheduler.waiting()).not.toEqual(other.scheduler.waiting());
  });

  test.each(['deskTooOld', 'workspaceTooOld', 'unauthorized', 'forbidden'] as const)(
    '[Y14] %s is an answer of its own, and asked about again only after a minute',
    async (code) => {
      const { scheduler, transport, loop, said } = stage();
      transport.failure = code;
      loop.start();
      await settle();
      expect(said.at(-1)).toMatchObject({ workspace: 'refused', problem: code });
      expect(scheduler.waiting()[0]).toBeGreaterThanOrEqual(48_000);
    },
  );

  test('[Y14] a workspace that speaks an older wire than we know is too old', async () => {
    const { transport, loop, said } = stage();
    transport.version = 0;
    loop.start();
    await settle();
    expect(said.at(-1)).toMatchObject({ workspace: 'refused', problem: 'workspaceTooOld' });
  });

  test('another workspace or agent behind the same address is refused, and nothing is sent to it', async () => {
    const { target, transport, loop, said } = stage();
    target.known = false;
    target.waiting = [mutation(1)];
    loop.start();
    await settle();
    expect(transport.calls).toEqual(['hello']);
    expect(said.at(-1)).toMatchObject({ workspace: 'refused', problem: 'forbidden' });
  });

  test('a step that throws is reported, and the loop goes on after a pause', async () => {
    const { scheduler, target, transport, loop, said, bugs } = stage();
    const follow = target.follow.bind(target);
    target.follow = () => {
      throw new Error('disk full');
    };
    loop.start();
    await settle();
    expect(bugs).toEqual([new Error('disk full')]);
    expect(said.at(-1)).toMatchObject({ workspace: 'disconnected', problem: 'internal' });
    target.follow = follow;
    await scheduler.advance(30_000);
    expect(said.at(-1)).toMatchObject({ workspace: 'connected', problem: null });
    expect(transport.calls).toContain('hello');
  });
});

describe('the link', () => {
  test('lost while idle, it says so and tries again; found, it catches up at once', async () => {
    const { scheduler, transport, loop, said } = stage();
    loop.start();
    await settle();
    transport.failure = 'unavailable';
    transport.link(false);
    expect(said.at(-1)).toMatchObject({ workspace: 'disconnected', problem: 'unavailable' });
    await scheduler.advance(5_000);
    transport.failure = null;
    transport.link(true);
    await settle();
    expect(said.at(-1)).toMatchObject({ workspace: 'connected', problem: null });
  });

  test('[Y11] swallowed by a hole, it says from when there is no link, while a request still waits and while it tries', async () => {
    const { clock, scheduler, target, transport, loop, said } = stage();
    loop.start();
    await settle();
    clock.advance(60_000);
    const lost = clock.now();
    transport.held = [];
    target.waiting = [mutation(1)];
    loop.kick();
    await settle();
    transport.link(false);
    expect(said.at(-1)).toEqual({ workspace: 'disconnected', problem: 'unavailable', since: lost });
    transport.failure = 'timeout';
    transport.held.splice(0).forEach((go) => go());
    transport.held = null;
    await settle();
    await scheduler.advance(20_000);
    expect(said.at(-1)).toMatchObject({ workspace: 'disconnected', since: lost });
    expect(said.slice(said.findIndex((one) => one.since === lost)).map((one) => one.workspace)).not.toContain(
      'connecting',
    );
  });

  test('[Y8] a network that comes back is tried within half a second, not after the pause of the last failure', async () => {
    const { scheduler, transport, loop, said } = stage();
    transport.failure = 'unavailable';
    loop.start();
    await settle();
    for (let round = 0; round < 8; round += 1) await scheduler.advance(30_000);
    const tries = transport.calls.length;
    transport.failure = null;
    loop.renew();
    await settle();
    expect(transport.calls).toHaveLength(tries);
    expect(Math.min(...scheduler.waiting())).toBeLessThanOrEqual(500);
    await scheduler.advance(500);
    expect(transport.calls.slice(tries)).toEqual(['renew', 'hello', 'pull 1']);
    expect(said.at(-1)).toMatchObject({ workspace: 'connected' });
  });

  test('[Y8] desks that hear of their network in the same moment do not come in step', async () => {
    const delays = Array.from({ length: 40 }, (_, seed) => {
      const { loop, scheduler } = stage(seed + 1);
      loop.renew();
      return Math.min(...scheduler.waiting());
    });
    expect(new Set(delays).size).toBeGreaterThan(30);
    expect(Math.max(...delays)).toBeLessThanOrEqual(500);
  });

  test('a request that hung while the machine slept is dropped, asked again at once, and is no outage in words', async () => {
    const { scheduler, target, transport, loop, said } = stage();
    loop.start();
    await settle();
    transport.held = [];
    target.waiting = [mutation(1)];
    loop.kick();
    await settle();
    loop.renew();
    await scheduler.advance(500);
    expect(transport.calls.slice(-4)).toEqual(['renew', 'hello', 'push 1', 'pull 1']);
    expect(said.map((one) => one.workspace)).not.toContain('disconnected');
  });

  test('told twice of one network it is tried once; offline by choice it is not tried at all', async () => {
    const { scheduler, transport, loop } = stage();
    loop.start();
    await settle();
    loop.renew();
    loop.renew();
    await scheduler.advance(500);
    expect(transport.calls.filter((call) => call === 'renew')).toHaveLength(1);
    loop.setOffline(true);
    loop.renew();
    await scheduler.advance(60_000);
    expect(transport.calls.filter((call) => call === 'renew')).toHaveLength(1);
  });

  test('offline by choice sends nothing, whatever happens', async () => {
    const { scheduler, transport, loop, said } = stage();
    loop.setOffline(true);
    loop.start();
    loop.kick();
    transport.poke(9);
    transport.link(true);
    await scheduler.advance(120_000);
    expect(transport.calls).toEqual([]);
    expect(said).toMatchObject([{ workspace: 'offlineByChoice', problem: null }]);
    loop.setOffline(false);
    await settle();
    expect(said.at(-1)).toMatchObject({ workspace: 'connected', problem: null });
  });

  test('gone offline in the middle of a request, its answer is not used', async () => {
    const { target, transport, loop } = stage();
    transport.held = [];
    loop.start();
    await settle();
    loop.setOffline(true);
    transport.held.forEach((go) => go());
    await settle();
    expect(target.did).toEqual([]);
    expect(transport.calls).toEqual(['hello']);
  });

  test('closed, it waits for what runs, closes the transport and never wakes again', async () => {
    const { scheduler, transport, loop } = stage();
    loop.start();
    await settle();
    await loop.close();
    expect(transport.isClosed).toBe(true);
    loop.kick();
    await scheduler.advance(60_000);
    expect(transport.calls).toEqual(['hello', 'pull 1']);
  });
});
