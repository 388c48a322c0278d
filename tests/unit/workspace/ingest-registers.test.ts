import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import { aiStatusKey } from '../../../src/workspace/ingest-registers.ts';
import { handedOver, minute, said, started } from '../../support/workspace/events.ts';
import { type House, openHouse } from '../../support/workspace/house.ts';

type Profile = Extract<IngestEventInput, { type: 'customer.identified' }>['profile'];

function identified(id: string, at: number, profile: Omit<Profile, 'id'>): IngestEventInput {
  return { id, at, type: 'customer.identified', profile: { id: 'p', ...profile } };
}

function known(id: string, at: number, name: string): IngestEventInput {
  return { id, at, type: 'agent.known', agentId: 'source-agent', name };
}

async function customer(house: House) {
  const [row] = await house.store.rows('customer', [[asId<'CustomerId'>('p')]]);
  return row ?? null;
}

async function agent(house: House, id = 'source-agent') {
  const [row] = await house.store.rows('agent', [[asId<'AgentId'>(id)]]);
  return row ?? null;
}

describe('customers', () => {
  test('[I1] what was said later in history stands, whatever came in first', async () => {
    const early = identified('e1', minute(1), { name: 'Ana', email: 'ana@example.com' });
    const late = identified('e2', minute(2), { name: 'Ana Lima', phone: '+55' });
    const expected = { id: 'p', name: 'Ana Lima', email: 'ana@example.com', phone: '+55', language: null };
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      const house = await openHouse();
      for (const event of order) await house.ingest(event);
      expect(await customer(house)).toEqual(expected);
    }
  });

  test('[I1] what an event leaves out, says as null or as nothing takes nothing away', async () => {
    const house = await openHouse();
    await house.ingest(identified('e1', minute(1), { name: 'Ana', email: 'ana@example.com' }));
    await house.ingest(identified('e2', minute(2), { name: null, email: '' }));
    expect(await customer(house)).toMatchObject({ name: 'Ana', email: 'ana@example.com' });
  });

  test('[I1] a start knows its customer as well, and one without a name has a row', async () => {
    const house = await openHouse();
    await house.ingest(started('c1', minute(3), { profile: { id: 'p' } }));
    expect(await customer(house)).toEqual({ id: 'p', name: null, email: null, phone: null, language: null });
    await house.ingest(started('c2', minute(4), { profile: { id: 'p', name: 'Bo', language: 'sv' } }));
    expect(await customer(house)).toMatchObject({ name: 'Bo', language: 'sv' });
  });

  test('[T8] at the same moment the greater id stands', async () => {
    for (const order of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const house = await openHouse();
      for (const id of order) await house.ingest(identified(id, minute(1), { name: `from ${id}` }));
      expect(await customer(house)).toMatchObject({ name: 'from b' });
    }
  });
});

describe('agents', () => {
  test('an author nobody introduced is shown by their id, not as one of the team', async () => {
    const house = await openHouse();
    await house.ingest(...handedOver('c1'), said('c1', '4', 'agent', minute(5)));
    expect(await agent(house)).toEqual({
      id: 'source-agent',
      name: 'source-agent',
      role: 'agent',
      active: false,
    });
  });

  test('an introduction gives the name, before or after the message', async () => {
    const expected = { id: 'source-agent', name: 'Kim', role: 'agent', active: true };
    const message = said('c1', '4', 'agent', minute(5));
    for (const order of [
      [message, known('k', minute(1), 'Kim')],
      [known('k', minute(1), 'Kim'), message],
    ]) {
      const house = await openHouse();
      await house.ingest(...handedOver('c1'));
      for (const event of order) await house.ingest(event);
      expect(await agent(house)).toEqual(expected);
    }
  });

  test('a source does not rename an agent of this workspace', async () => {
    const house = await openHouse();
    await house.hire('source-agent', 'lead');
    await house.ingest(known('k', minute(1), 'Impostor'));
    expect(await agent(house)).toEqual({
      id: 'source-agent',
      name: 'source-agent',
      role: 'lead',
      active: true,
    });
  });

  test('an agent a source introduced can become one of this workspace', async () => {
    const house = await openHouse();
    await house.ingest(known('k', minute(1), 'Kim'));
    const added = await house.workspace.addAgent({ name: 'Kim Min', role: 'lead', id: asId('source-agent') });
    expect(added.ok).toBe(true);
    expect(await agent(house)).toMatchObject({ name: 'Kim Min', role: 'lead' });
  });
});

describe('orders and the AI’s status', () => {
  const order = (id: string, at: number, valueMinor: number): IngestEventInput => ({
    id,
    at,
    type: 'order.placed',
    orderId: 'o1',
    customerId: 'p',
    valueMinor,
    currency: 'KRW',
  });

  test('[A1] an order is kept in minor units with its customer; a later word on it stands', async () => {
    for (const turn of [
      [order('e1', minute(1), 900), order('e2', minute(2), 1_000)],
      [order('e2', minute(2), 1_000), order('e1', minute(1), 900)],
    ]) {
      const house = await openHouse();
      for (const event of turn) await house.ingest(event);
      const [row] = await house.store.rows('shopOrder', [[asId<'OrderId'>('o1')]]);
      expect(row).toEqual({ id: 'o1', customerId: 'p', at: minute(2), valueMinor: 1_000, currency: 'KRW' });
      expect(await customer(house)).not.toBeNull();
    }
  });

  test('[I1] the AI’s status is a setting of its source; the latest in history stands', async () => {
    const house = await openHouse();
    const status = (id: string, at: number, enabled: boolean): IngestEventInput => ({
      id,
      at,
      type: 'agent.statusChanged',
      enabled,
    });
    await house.ingest(status('e2', minute(2), false));
    await house.ingest(status('e1', minute(1), true));
    const [row] = await house.store.rows('setting', [[aiStatusKey('test')]]);
    expect(row?.value).toBe(JSON.stringify({ enabled: false, at: minute(2) }));
  });
});
