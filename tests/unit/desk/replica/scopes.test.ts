import { expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import {
  affectedScopes,
  messageScope,
  scopeOfKey,
  scopeOfRow,
  scopesOfReads,
} from '../../../../src/desk/replica/scopes.ts';
import { REPLICATED_TABLES, rowToWire } from '../../../../src/protocol/tables.ts';
import { AT, conversationRow, cycleRow, messageRow, tagRow } from '../../../support/desk/sample-rows.ts';

const c1 = asId<'ConversationId'>('c1');

test('[Y7] every row of a conversation lies in its scope', () => {
  expect(scopeOfRow('conversation', rowToWire('conversation', conversationRow('c1')))).toBe('c1');
  expect(scopeOfRow('cycle', rowToWire('cycle', cycleRow('c1', 1)))).toBe('c1');
  expect(scopeOfRow('tag', rowToWire('tag', tagRow('c1', 'vip')))).toBe('c1');
  expect(scopeOfRow('message', rowToWire('message', messageRow('c1', 'm1')))).toBe('c1');
  const marker = { agentId: asId<'AgentId'>('ada'), conversationId: c1, readThroughAt: AT };
  expect(scopeOfRow('readMarker', rowToWire('readMarker', marker))).toBe('c1');
});

test('rows of no conversation have a scope of their own', () => {
  expect(scopeOfRow('setting', ['policy', '{}'])).toBe('setting:policy');
  expect(scopeOfRow('agent', ['ada', 'Ada', 'agent', 1])).toBe('agent:ada');
  expect(scopeOfRow('shopOrder', ['o1', 'customer-1', 1, 100, 'EUR'])).toBe('shopOrder:o1');
});

test('a key alone names the conversation where it holds it', () => {
  expect(scopeOfKey('conversation', ['c1'])).toBe('c1');
  expect(scopeOfKey('cycle', ['c1', 2])).toBe('c1');
  expect(scopeOfKey('readMarker', ['ada', 'c1'])).toBe('c1');
  expect(scopeOfKey('setting', ['policy'])).toBe('setting:policy');
  expect(scopeOfKey('message', ['m1'])).toBeNull();
});

test('every replicated table has a scope for its keys, or says that its rows must be asked', () => {
  const asked = REPLICATED_TABLES.filter((table) => scopeOfKey(table, ['a', 'b', 'c']) === null);
  expect(asked).toEqual(['message']);
});

test('a mutation belongs to the conversations, messages and read marks it reads, each once', () => {
  const scopes = scopesOfReads({
    conversations: [c1],
    messages: [asId<'MessageId'>('m1')],
    agents: [asId<'AgentId'>('ben')],
    readMarkers: [[asId<'AgentId'>('ada'), c1]],
  });
  expect(scopes).toEqual(['c1', messageScope('m1')]);
});

test('[Y7] a change reaches every pending mutation that is linked to it, and no other', () => {
  const pending = [{ scopes: ['a', 'b'] }, { scopes: ['b', 'c'] }, { scopes: ['d'] }, { scopes: ['e', 'f'] }];
  expect([...affectedScopes(pending, new Set(['a']))].sort()).toEqual(['a', 'b', 'c']);
  expect([...affectedScopes(pending, new Set(['d']))]).toEqual(['d']);
  expect([...affectedScopes(pending, new Set())]).toEqual([]);
});

test('a link is followed against the order of the queue as well', () => {
  const pending = [{ scopes: ['c', 'd'] }, { scopes: ['b', 'c'] }, { scopes: ['a', 'b'] }];
  expect([...affectedScopes(pending, new Set(['a']))].sort()).toEqual(['a', 'b', 'c', 'd']);
});
