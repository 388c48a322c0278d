import type { SegmentRule } from '../../../../src/domain/segments/rule.ts';
import type { DeskClient } from '../../engine/desk-client.ts';

const PAGE = 500;
/** So that a spreadsheet reads the file as UTF-8. */
const BOM = '\uFEFF';

/** The known members of a segment as a file, and what the audit log says of it. */
export interface SegmentFile {
  readonly text: string;
  readonly rows: number;
}

/** Puts the file together, page by page. `head` names its three columns. */
export async function segmentFile(
  client: Pick<DeskClient, 'call'>,
  rule: SegmentRule,
  head: readonly string[],
): Promise<SegmentFile> {
  const pages: string[] = [];
  let known = 0;
  let offset = 0;
  do {
    const page = await client.call('insight.segmentLines', { rule, offset, limit: PAGE });
    pages.push(page.lines);
    known = page.known;
    offset += PAGE;
  } while (offset < known);
  return { text: `${BOM}${head.join(',')}\r\n${pages.join('')}`, rows: known };
}

/** SHA-256 of a text's UTF-8, in hex. */
export async function digestOf(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
