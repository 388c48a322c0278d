import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { put } from '../../../src/domain/rows.ts';
import { agentIdFor, callerOf, tokenHash } from '../../../src/workspace/auth.ts';
import { openHouse } from '../../support/workspace/house.ts';

describe('tokens', () => {
  test('an agent’s token opens their desk, a source’s its name, another nothing', async () => {
    const house = await openHouse();
    const agent = await house.workspace.addAgent({ name: 'Mina', role: 'lead' });
    const source = await house.workspace.addSource('shop');
    if (!agent.ok || !source.ok) throw new Error('not added');
    expect(await house.workspace.authenticate(agent.value.token)).toEqual({
      kind: 'desk',
      desk: { agentId: agent.value.agentId, role: 'lead' },
    });
    expect(await house.workspace.authenticate(source.value.token)).toEqual({
      kind: 'source',
      source: 'shop',
    });
    expect(await house.workspace.authenticate('guess')).toBeNull();
    expect(await house.workspace.authenticate('')).toBeNull();
  });

  test('a token is kept as a hash alone', async () => {
    const house = await openHouse();
    const agent = await house.workspace.addAgent({ name: 'Mina', role: 'agent' });
    if (!agent.ok) throw new Error('not added');
    const { token } = agent.value;
    expect(await house.store.access(tokenHash(token))).toMatchObject({ kind: 'desk' });
    expect(await house.store.access(token)).toBeNull();
    expect(JSON.stringify([await house.store.audit(0, 10), await house.rows()])).not.toContain(token);
  });

  test('the token of an agent who is no longer active opens nothing', async () => {
    const house = await openHouse();
    const agent = await house.workspace.addAgent({ name: 'Mina', role: 'agent' });
    if (!agent.ok) throw new Error('not added');
    const head = await house.store.head();
    const row = { id: agent.value.agentId, name: 'Mina', role: 'agent' as const, active: false };
    await house.store.commit({ expectedHead: head.seq, at: house.clock.now(), changes: [put('agent', row)] });
    expect(await callerOf(house.store, agent.value.token)).toBeNull();
    expect(await house.workspace.deskOf(agent.value.agentId)).toBeNull();
    expect(await house.workspace.transportFor(agent.value.agentId)).toBeNull();
  });

  test('an agent may have several desks', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const second = await house.workspace.addDeskToken(mina.agentId);
    if (!second.ok) throw new Error('not added');
    expect(await house.workspace.authenticate(second.value.token)).toEqual({ kind: 'desk', desk: mina });
    expect(await house.workspace.addDeskToken(asId('nobody'))).toMatchObject({ error: { type: 'notFound' } });
  });

  test('a role is as it stands now, not as it was when the token was made', async () => {
    const house = await openHouse();
    const agent = await house.workspace.addAgent({ name: 'Mina', role: 'agent' });
    if (!agent.ok) throw new Error('not added');
    const head = await house.store.head();
    const row = { id: agent.value.agentId, name: 'Mina', role: 'admin' as const, active: true };
    await house.store.commit({ expectedHead: head.seq, at: house.clock.now(), changes: [put('agent', row)] });
    expect(await house.workspace.authenticate(agent.value.token)).toMatchObject({ desk: { role: 'admin' } });
  });
});

describe('adding', () => {
  test('the same id twice is refused, the first stands', async () => {
    const house = await openHouse();
    await house.hire('mina');
    const again = await house.workspace.addAgent({ name: 'Other', role: 'admin', id: asId('mina') });
    expect(again).toEqual({ ok: false, error: { type: 'alreadyExists' } });
    const [row] = await house.store.rows('agent', [[asId<'AgentId'>('mina')]]);
    expect(row).toMatchObject({ name: 'mina', role: 'agent' });
  });

  test.each(['', '   ', 'x'.repeat(201)])('the name %j is refused', async (name) => {
    const house = await openHouse();
    expect(await house.workspace.addAgent({ name, role: 'agent' })).toMatchObject({
      error: { type: 'invalidName' },
    });
    expect(await house.workspace.addSource(name)).toMatchObject({ error: { type: 'invalidName' } });
  });

  test('an id is made from the name, and differs for namesakes', async () => {
    expect(agentIdFor('Mina Kim', 'Ab_c-9xyz')).toBe('mina-kim-bc9xyz');
    expect(agentIdFor('João', 'q1w2e3')).toBe('joao-q1w2e3');
    expect(agentIdFor('김민아', 'q1w2e3')).toBe('agent-q1w2e3');
    const house = await openHouse();
    const one = await house.workspace.addAgent({ name: 'João', role: 'agent' });
    const two = await house.workspace.addAgent({ name: 'João', role: 'agent' });
    expect(one.ok && two.ok && one.value.agentId !== two.value.agentId).toBe(true);
  });

  test('what was added is in the audit log', async () => {
    const house = await openHouse();
    await house.hire('mina');
    await house.workspace.addSource('shop');
    expect((await house.store.audit(0, 10)).map((entry) => entry.action)).toEqual([
      'agent.added',
      'source.added',
    ]);
  });
});
