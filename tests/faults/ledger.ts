/**
 * What the process under test said before and after each step: `try` before it asks, `ack` once it was told "saved",
 * `err` when it was refused. Everything acknowledged must be there afterwards; everything tried may be, once.
 */
export interface Line {
  readonly state: 'try' | 'ack' | 'err';
  readonly what:
    | 'reply'
    | 'note'
    | 'draft'
    | 'recall'
    | 'ingest'
    | 'agent'
    | 'push'
    | 'delivered'
    | 'made'
    | 'end';
  /** The text that names it; a token of an agent; a conversation and its draft are `id` and `text`. */
  readonly text: string;
  readonly id?: string;
  readonly code?: string;
}

export type Ledger = readonly Line[];

/** Reads what came through the pipe; a last line cut off was never said. */
export function parseLedger(text: string): Ledger {
  const end = text.lastIndexOf('\n') + 1;
  return text
    .slice(0, end)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

/** Texts of lines in a state. */
export function texts(
  ledger: Ledger,
  what: readonly Line['what'][],
  state: Line['state'],
): readonly string[] {
  return ledger.filter((line) => line.state === state && what.includes(line.what)).map((line) => line.text);
}
