import { expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { memberLine } from '../../../../src/desk/insight/member-line.ts';
import type { SegmentMember } from '../../../../src/protocol/rpc/insight.ts';

const member = (id: string, email: string | null, phone: string | null): SegmentMember => ({
  customerId: asId<'CustomerId'>(id),
  name: 'Ada',
  email,
  phone,
  language: null,
  conversations: 1,
  latestConversationId: null,
});

test.each([
  [member('c-1', 'ada@example.com', '+46 70 000 00 01'), "c-1,ada@example.com,'+46 70 000 00 01\r\n"],
  [member('c-2', null, null), 'c-2,,\r\n'],
  [member('=cmd|1', 'a,b"c@example.com', null), '\'=cmd|1,"a,b""c@example.com",\r\n'],
])('[K6] a member is exported with id, e-mail and phone, and nothing of it is a formula', (row, line) => {
  expect(memberLine(row)).toBe(line);
});
