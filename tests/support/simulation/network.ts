import type { AgentId } from '../../../src/base/ids.ts';
import { err, ok, type Result } from '../../../src/base/result.ts';
import type { WireError } from '../../../src/protocol/errors.ts';
import {
  type BootstrapRequest,
  type BootstrapResponse,
  bootstrapResponseSchema,
  type HelloResponse,
  helloResponseSchema,
  type Poke,
  type PullRequest,
  type PullResponse,
  pullResponseSchema,
  type PushRequest,
  type PushResponse,
  pushResponseSchema,
  type SyncTransport,
} from '../../../src/protocol/sync.ts';
import { copied } from './copied.ts';
import type { Crossing } from './crossing.ts';
import { broken } from './violation.ts';

export type Verb = 'hello' | 'push' | 'pull' | 'bootstrap';

/** A request on its way; it may still arrive after its sender stopped waiting. */
export interface Packet {
  readonly desk: number;
  readonly agentId: AgentId;
  readonly verb: Verb;
  /** What JSON made of the request; nobody changes it. */
  readonly body: unknown;
  /** Gives the sender what was answered, as it crosses the wire; nothing once it has stopped waiting. */
  answer: ((given: Given) => void) | null;
}

/** What comes back: a value of the workspace's, or an error. */
export type Given = { readonly value: unknown } | WireError;

/** A page of this many rows, so that a small workspace is more than one page. */
const PAGE_ROWS = 60;

interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

/** A desk's end of the wire: what it sends lies in `packets` until a step decides what becomes of it. */
export class SimLink implements SyncTransport {
  readonly #desk: number;
  readonly #agentId: AgentId;
  readonly #packets: Packet[];
  readonly #answers: Crossing;
  #onPoke: (poke: Poke) => void = () => undefined;
  #onLink: (up: boolean) => void = () => undefined;
  #up = true;
  #closed = false;

  /** Told of each push at the moment it leaves. */
  onPush: (mids: readonly number[]) => void = () => undefined;

  constructor(desk: number, agentId: AgentId, packets: Packet[], answers: Crossing) {
    this.#desk = desk;
    this.#agentId = agentId;
    this.#packets = packets;
    this.#answers = answers;
  }

  get up(): boolean {
    return this.#up;
  }

  hello(): Promise<Result<HelloResponse, WireError>> {
    return this.#send('hello', null, helloResponseSchema);
  }
  push(request: PushRequest): Promise<Result<PushResponse, WireError>> {
    this.onPush(request.mutations.map(({ mid }) => mid));
    return this.#send('push', request, pushResponseSchema);
  }
  pull(request: PullRequest): Promise<Result<PullResponse, WireError>> {
    return this.#send('pull', request, pullResponseSchema);
  }
  bootstrap(request: BootstrapRequest): Promise<Result<BootstrapResponse, WireError>> {
    return this.#send('bootstrap', { ...request, limit: PAGE_ROWS }, bootstrapResponseSchema);
  }

  listen(onPoke: (poke: Poke) => void, onLink: (up: boolean) => void): () => void {
    this.#onPoke = onPoke;
    this.#onLink = onLink;
    onLink(this.#up);
    return () => {
      this.#onPoke = () => undefined;
      this.#onLink = () => undefined;
    };
  }

  close(): void {
    this.#closed = true;
    this.#giveUp();
  }

  poke(head: number): void {
    if (this.#up) this.#onPoke({ head });
  }

  setUp(up: boolean): void {
    if (this.#up === up) return;
    this.#up = up;
    if (!up) this.#giveUp();
    this.#onLink(up);
  }

  /** The sender stops waiting; what it sent may still arrive. */
  #giveUp(): void {
    for (const packet of this.#packets)
      if (packet.desk === this.#desk) {
        packet.answer?.({ type: 'unavailable' });
        packet.answer = null;
      }
  }

  #send<T>(verb: Verb, request: unknown, schema: Schema<T>): Promise<Result<T, WireError>> {
    if (!this.#up || this.#closed) return Promise.resolve(err({ type: 'unavailable' }));
    return new Promise((resolve) => {
      const answer = (given: Given): void => resolve(received(given, this.#answers, schema));
      const [desk, agentId] = [this.#desk, this.#agentId];
      this.#packets.push({ desk, agentId, verb, body: copied(request), answer });
    });
  }
}

/** What a desk is given: as it was made, or out of text and checked by its schema. */
function received<T>(given: Given, answers: Crossing, schema: Schema<T>): Result<T, WireError> {
  if (!('value' in given)) return err(given);
  // The workspace of this process made it of the same type.
  const made = given.value as T;
  return ok(
    answers.arrives(made, (arrived) => {
      const parsed = schema.safeParse(arrived);
      return parsed.success ? parsed.data : broken('Y14', `a desk cannot read ${JSON.stringify(arrived)}`);
    }),
  );
}
