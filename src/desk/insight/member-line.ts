import { csvText } from '../../export/csv-text.ts';
import type { SegmentMember } from '../../protocol/rpc/insight.ts';

/** A member as a line of CSV: customer id, e-mail, phone (K6); what is not known is empty. */
export function memberLine({ customerId, email, phone }: SegmentMember): string {
  return `${[customerId, email ?? '', phone ?? ''].map(csvText).join(',')}\r\n`;
}
