import { expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { nextInt, pick, seededRng } from '../../../src/base/rng.ts';
import type { Outcome } from '../../../src/protocol/sync.ts';
import { handedOver } from '../../support/workspace/events.ts';
import { type Call, openHouse, pushBody } from '../../support/workspace/house.ts';

/** One reply a number: a doubled or lost run shows as a doubled or lost message. */
function replyCall(mid: number): Call {
  return [
    'note.add',
    { conversationId: 'c1', messageId: `note-${mid}`, text: `note ${mid}`, writtenAt: mid },
  ];
}

function callOf(mid: number, kind: number): Call {
  if (kind === 0) return ['tag.add', { conversationId: 'missing', tag: 'x' }];
  if (kind === 1) return ['no.such', {}];
  return replyCall(mid);
}

test.each(Array.from({ length: 60 }, (_, seed) => seed))(
  '[Y3] batches that repeat, overlap, skip and fail run each mutation exactly once (seed %i)',
  async (seed) => {
    const rng = seededRng(seed);
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    const calls = Array.from({ length: 40 }, (_, index) => callOf(index + 1, nextInt(rng, 0, 5)));
    const outcomes = new Map<number, Outcome>();
    let lastMid = 0;
    for (let turn = 0; turn < 400 && lastMid < calls.length; turn += 1) {
      const from = Math.max(1, lastMid + 1 + nextInt(rng, -4, 2));
      const until = Math.min(calls.length, from + nextInt(rng, 0, 6));
      const body = pushBody('k', from, ...calls.slice(from - 1, until));
      // Some numbers come twice, some are torn out, some batches are stirred.
      const mutations = body.mutations.flatMap((one) => pick(rng, [[one], [one], [one], [one, one], []]));
      const answer = await house.workspace.push(mina, { ...body, mutations });
      if (!answer.ok) throw new Error(answer.error.type);
      expect(answer.value.lastMid).toBeGreaterThanOrEqual(lastMid);
      lastMid = answer.value.lastMid;
      if (answer.value.gapAt !== undefined) expect(answer.value.gapAt).toBe(lastMid + 1);
      for (const outcome of answer.value.outcomes) {
        expect(outcome.mid).toBeLessThanOrEqual(lastMid);
        const earlier = outcomes.get(outcome.mid);
        if (earlier !== undefined) expect(outcome).toEqual(earlier);
        outcomes.set(outcome.mid, outcome);
      }
    }
    expect(lastMid).toBe(calls.length);
    const recorded = await house.store.outcomes(asId('k'), 1, calls.length);
    expect(recorded.map((row) => row.mid)).toEqual(calls.map((_, index) => index + 1));
    for (const row of recorded)
      expect(row.status).toBe(calls[row.mid - 1]?.[0] === 'note.add' ? 'applied' : 'refused');
    const key = asId<'ConversationId'>('c1');
    const notes = ((await house.store.rowsOf('message', [key])).get(key) ?? []).filter((row) => row.note);
    expect(notes).toHaveLength(calls.filter(([name]) => name === 'note.add').length);
    expect((await house.workspace.check()).damage).toEqual([]);
  },
);
