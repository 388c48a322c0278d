import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { err, ok } from '../../../src/base/result.ts';
import type { Role } from '../../../src/domain/model.ts';
import { MUTATIONS, type PreparedMutation, prepareMutation } from '../../../src/mutations/registry.ts';
import { roleAllows } from '../../../src/mutations/roles.ts';
import { type PrepareMutation, prepareCall } from '../../../src/workspace/push-run.ts';
import { openHouse, pushBody } from '../../support/workspace/house.ts';
import { eventIdOf } from '../../../src/protocol/event-id.ts';

const ROLES: readonly Role[] = ['agent', 'lead', 'admin'];

function needing(role: Role): PrepareMutation {
  const prepared: PreparedMutation = {
    mutation: { ...MUTATIONS.noop, role },
    args: {},
    reads: () => ({ conversations: [] }),
    run: () => ok([]),
    inverse: () => null,
    merges: () => null,
    audit: () => null,
  };
  return () => ok(prepared);
}

describe('roles', () => {
  test.each([
    ['agent', 'agent', true],
    ['agent', 'lead', false],
    ['agent', 'admin', false],
    ['lead', 'agent', true],
    ['lead', 'lead', true],
    ['lead', 'admin', false],
    ['admin', 'agent', true],
    ['admin', 'lead', true],
    ['admin', 'admin', true],
  ] as const)('[Y2] a %s may do what asks for a %s: %s', (role, least, allowed) => {
    expect(roleAllows(role, least)).toBe(allowed);
  });

  test('[Y2] every mutation declares its least role', () => {
    for (const mutation of Object.values(MUTATIONS)) expect(ROLES).toContain(mutation.role);
  });

  test.each(ROLES)('[Y4] what asks for more than the actor is a recorded refusal (%s)', (least) => {
    const actor = { agentId: asId<'AgentId'>('mina'), role: 'agent' as const };
    const call = { mid: 1, name: 'any', args: {}, madeAt: 0 };
    const prepared = prepareCall(needing(least), call, actor, () => undefined);
    if (least === 'agent') expect(prepared.ok).toBe(true);
    else
      expect(prepared).toMatchObject({ ok: false, refusal: { type: 'forbidden', detail: { role: least } } });
  });

  test('[Y4] the role is the workspace’s word, not the request’s', async () => {
    const house = await openHouse({ prepare: needing('admin') });
    const mina = await house.hire('mina', 'agent');
    const answer = await house.workspace.push(mina, { ...pushBody('k', 1, ['any', {}]), role: 'admin' });
    expect(answer.ok && answer.value.outcomes).toEqual([
      { mid: 1, status: 'refused', code: 'forbidden', detail: { role: 'admin' } },
    ]);
  });
});

describe('event ids', () => {
  test('[Y1] they are made of client and number, and sort by number as text', () => {
    const ids = [1, 2, 10, 999, 1_000_000_000].map((mid) => eventIdOf(asId('k'), mid));
    expect(ids[0]).toBe('k-0000000001');
    expect([...ids].sort()).toEqual(ids);
  });
});

describe('preparing', () => {
  const actor = { agentId: asId<'AgentId'>('mina'), role: 'agent' as const };

  test('[Y2] a good call carries what it reads', () => {
    const call = { mid: 4, name: 'conversation.take', args: { conversationId: 'c1' }, madeAt: 0 };
    const prepared = prepareCall(prepareMutation, call, actor, () => undefined);
    expect(prepared).toMatchObject({ ok: true, call: { mid: 4 }, reads: { conversations: ['c1'] } });
  });

  test.each([[null], [undefined], [7], ['text'], [[]], [{ conversationId: 5 }], [{ conversationId: '' }]])(
    '[Y4] arguments %j are a refusal, never a throw',
    (args) => {
      const call = { mid: 1, name: 'conversation.take', args, madeAt: 0 };
      const prepared = prepareCall(prepareMutation, call, actor, () => undefined);
      expect(prepared).toMatchObject({ ok: false, refusal: { type: 'invalidArguments' } });
    },
  );

  test.each(['__proto__', 'constructor', 'toString', '', 'MESSAGE.SEND'])(
    '[Y4] the name %j is unknown',
    (name) => {
      const prepared = prepareCall(
        prepareMutation,
        { mid: 1, name, args: {}, madeAt: 0 },
        actor,
        () => undefined,
      );
      expect(prepared).toMatchObject({ ok: false, refusal: { type: 'unknownMutation' } });
    },
  );
});

describe('the audit log', () => {
  const audited: PrepareMutation = (name) =>
    ok({
      mutation: MUTATIONS.noop,
      args: {},
      reads: () => ({ conversations: [] }),
      run: () => (name === 'refused' ? err({ type: 'invalidState' }) : ok([])),
      inverse: () => null,
      merges: () => null,
      audit: () => ({ action: 'report.made', detail: { rows: 7 } }),
    });

  test('[C12] an applied call that declares a line leaves it, with who acted; a refused one leaves none', async () => {
    const house = await openHouse({ prepare: audited });
    const mina = await house.hire('mina', 'lead');
    const lines = async () =>
      (await house.store.audit(0, 100)).filter((entry) => entry.action === 'report.made');
    await house.workspace.push(mina, pushBody('k', 1, ['refused', {}]));
    expect(await lines()).toEqual([]);
    await house.workspace.push(mina, pushBody('k', 2, ['applied', {}]));
    await house.workspace.push(mina, pushBody('k', 2, ['applied', {}]));
    expect(await lines()).toMatchObject([
      { actor: mina.agentId, action: 'report.made', detail: '{"rows":7}' },
    ]);
  });
});
