import type { HeldList, ListQuery, ListRow } from '../../../../src/protocol/rpc/list.ts';
import type { DeskClient } from '../../engine/desk-client.ts';

/** Rows are fetched in pieces of this many. */
export const PIECE = 100;
/** Pieces kept, those in sight included; the memory of a million rows stays that of a few screens. */
const KEPT_PIECES = 12;

/** What the list's frame shows; rows are asked for one by one. A new object whenever anything changed. */
export interface ListViewState {
  readonly total: number;
  /** False while only the first page can be reached. */
  readonly ready: boolean;
  /** How many conversations a refresh would bring, take or move. */
  readonly changed: number;
  /** True until the first answer to the current query. */
  readonly opening: boolean;
  /** Grows with each new order: places found before no longer hold. */
  readonly order: number;
  /** From when on the list is whole: `total` is of a part (Y9). Null: it is whole. */
  readonly since: number | null;
  /** The engine's code when it could not answer; the rows stay. */
  readonly problem: string | null;
}

interface Piece {
  readonly rows: readonly ListRow[];
  readonly stale: boolean;
}

/** An opened list as a screen uses it: fixed order, rows by position, refreshed on demand. */
export interface ListView {
  getState(): ListViewState;
  subscribe(onChange: () => void): () => void;
  /** Opens another query; the former rows stay until its answer is there. */
  /** `columns`: keys of the profile whose values come with the rows. */
  show(query: ListQuery, columns?: readonly string[]): void;
  /** The row at a position; undefined while it is being fetched. */
  rowAt(index: number): ListRow | undefined;
  /** The row at a position, fetched if need be; undefined when there is none or it cannot be had. */
  row(index: number): Promise<ListRow | undefined>;
  /** Fetches what is missing or old between two positions, and forgets what is far away. */
  look(from: number, to: number): void;
  /** New order and matches. Answers when it is shown. */
  refresh(): Promise<void>;
  /** The position of a conversation; null when it is not in the list. */
  locate(conversationId: string): Promise<number | null>;
  /** The engine said that lists may have changed. */
  invalidate(): void;
  close(): void;
}

const EMPTY: ListViewState = {
  total: 0,
  ready: false,
  changed: 0,
  opening: true,
  order: 0,
  since: null,
  problem: null,
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'internal';
}

class EngineListView implements ListView {
  private readonly client: DeskClient;
  private readonly listeners = new Set<() => void>();
  private state = EMPTY;
  private pieces = new Map<number, Piece>();
  private readonly fetching = new Map<number, Promise<void>>();
  private query: ListQuery | null = null;
  private columns: readonly string[] = [];
  private viewId: string | null = null;
  /** Counts openings: an answer to an earlier one is too late. */
  private opening = 0;
  private seen: readonly [number, number] = [0, PIECE];
  /** Counts what the engine said to have changed: rows asked for before the latest are old again. */
  private news = 0;

  constructor(client: DeskClient) {
    this.client = client;
  }

  getState = (): ListViewState => this.state;

  subscribe = (onChange: () => void): (() => void) => {
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  };

  show(query: ListQuery, columns: readonly string[] = this.columns): void {
    this.query = query;
    this.columns = columns;
    this.change({ opening: true, problem: null });
    void this.open(async () => this.client.call('list.open', { query, columns: [...columns], limit: PIECE }));
  }

  rowAt(index: number): ListRow | undefined {
    return this.pieces.get(Math.floor(index / PIECE))?.rows[index % PIECE];
  }

  async row(index: number): Promise<ListRow | undefined> {
    if (this.rowAt(index) === undefined) await this.fetch(Math.floor(index / PIECE));
    return this.rowAt(index);
  }

  look(from: number, to: number): void {
    this.seen = [from, to];
    const first = Math.floor(from / PIECE);
    const last = Math.floor(Math.max(from, to - 1) / PIECE);
    for (let piece = first; piece <= last; piece += 1) void this.fetch(piece);
  }

  async refresh(): Promise<void> {
    const { viewId } = this;
    const offset = Math.floor(this.seen[0] / PIECE) * PIECE;
    if (viewId === null) return;
    await this.open(async () => this.client.call('list.refresh', { viewId, offset, limit: PIECE }), offset);
  }

  async locate(conversationId: string): Promise<number | null> {
    if (this.viewId === null) return null;
    return (await this.client.call('list.locate', { viewId: this.viewId, conversationId })).index;
  }

  invalidate(): void {
    this.news += 1;
    if (this.viewId !== null) this.catchUp();
  }

  close(): void {
    this.opening += 1;
    const { viewId } = this;
    this.viewId = null;
    this.forgetView(viewId);
  }

  /** Lets the engine forget a view that is no longer shown; whether it does is its own business. */
  private forgetView(viewId: string | null): void {
    if (viewId === null || viewId === this.viewId) return;
    void this.client.call('list.close', { viewId }).catch(() => undefined);
  }

  /** Asks anew for what is shown; for the whole list while only its first page could be reached. */
  private catchUp(): void {
    for (const [index, piece] of this.pieces) this.pieces.set(index, { ...piece, stale: true });
    if (this.state.ready) this.look(...this.seen);
    else void this.refresh();
  }

  /** Takes over what `ask` answers, unless another opening came after it. `offset`: where its rows begin. */
  private async open(ask: () => Promise<HeldList>, offset = 0): Promise<void> {
    this.opening += 1;
    const turn = this.opening;
    const { news } = this;
    try {
      const answer = await ask();
      if (turn !== this.opening) {
        this.forgetView(answer.viewId);
        return;
      }
      const former = this.viewId;
      this.viewId = answer.viewId;
      this.fetching.clear();
      this.pieces = new Map([[Math.floor(offset / PIECE), { rows: answer.rows, stale: false }]]);
      const order = this.state.order + 1;
      this.change({
        total: answer.total,
        ready: answer.ready,
        changed: 0,
        opening: false,
        order,
        since: answer.since,
        problem: null,
      });
      this.forgetView(former);
      // What the engine said meanwhile is not in this answer, and it will not say it again.
      if (news !== this.news) this.catchUp();
    } catch (error) {
      if (turn === this.opening) this.failed(error);
    }
  }

  /** A view that the engine has forgotten (restarted, or too many were open) is opened again. */
  private failed(error: unknown): void {
    const code = codeOf(error);
    if (code === 'notFound' && this.query !== null && this.viewId !== null) {
      this.viewId = null;
      this.show(this.query);
    } else {
      this.change({ opening: false, problem: code });
    }
  }

  private fetch(index: number): Promise<void> {
    const { viewId } = this;
    const piece = this.pieces.get(index);
    if (viewId === null || (piece !== undefined && !piece.stale)) return Promise.resolve();
    const running = this.fetching.get(index);
    if (running !== undefined) return running;
    const fetched = this.fetchPiece(viewId, index);
    this.fetching.set(index, fetched);
    return fetched;
  }

  private async fetchPiece(viewId: string, index: number): Promise<void> {
    const turn = this.opening;
    const { news } = this;
    try {
      const window = await this.client.call('list.rows', { viewId, offset: index * PIECE, limit: PIECE });
      if (turn !== this.opening) return;
      this.pieces.set(index, { rows: window.rows, stale: news !== this.news });
      this.forgetFar();
      this.change({ total: window.total, changed: window.changed, problem: null });
    } catch (error) {
      if (turn === this.opening) this.failed(error);
    } finally {
      if (turn === this.opening) {
        this.fetching.delete(index);
        if (news !== this.news) this.look(...this.seen);
      }
    }
  }

  private forgetFar(): void {
    if (this.pieces.size <= KEPT_PIECES) return;
    const [first, last] = this.seen.map((index) => Math.floor(index / PIECE)) as [number, number];
    const distance = (index: number): number => Math.max(first - index, index - last, 0);
    const byDistance = [...this.pieces.keys()].sort((a, b) => distance(b) - distance(a));
    for (const index of byDistance.slice(0, this.pieces.size - KEPT_PIECES)) {
      if (distance(index) > 1) this.pieces.delete(index);
    }
  }

  private change(part: Partial<ListViewState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of [...this.listeners]) listener();
  }
}

/** Makes a list view over the engine; it shows nothing until `show`. */
export function createListView(client: DeskClient): ListView {
  return new EngineListView(client);
}
