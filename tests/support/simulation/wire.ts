import type { WireError } from '../../../src/protocol/errors.ts';
import { countAnswer, countPush, RESET } from './counting.ts';
import type { Counts } from './counts.ts';
import type { Packet } from './network.ts';
import type { Step } from './schedule.ts';
import type { SimWorkspace } from './sim-workspace.ts';

/** What lies between desks and workspace: a step decides what becomes of each request and of its answer. */
export class Wire {
  readonly packets: Packet[] = [];
  readonly #counts: Counts;
  readonly #workspace: () => SimWorkspace;
  /** The last answers to each desk's pulls, which a proxy may give out again. */
  readonly #stale = new Map<number, string[]>();

  constructor(counts: Counts, workspace: () => SimWorkspace) {
    this.#counts = counts;
    this.#workspace = workspace;
  }

  /** The proxy forgets old answers. */
  forget(): void {
    this.#stale.clear();
  }

  /** What becomes of a request on its way; false where the step is about something else. */
  async happen({ kind, a, b }: Step): Promise<boolean> {
    const packet = this.packets[a % Math.max(1, this.packets.length)];
    if (packet === undefined) return false;
    switch (kind) {
      case 'deliver':
        await this.deliver(packet, 'whole');
        return true;
      case 'drop':
        this.#take(packet);
        packet.answer?.({ type: 'timeout' });
        return true;
      case 'tearRequest':
        this.#take(packet);
        packet.answer?.({ type: 'unavailable' });
        return true;
      case 'duplicate':
        // Another copy stays on the wire and may arrive at any later time.
        this.packets.push({ ...packet, answer: null });
        await this.deliver(packet, 'whole');
        return true;
      case 'loseAnswer':
        await this.deliver(packet, 'lost');
        return true;
      case 'tearAnswer':
        await this.deliver(packet, 'torn');
        return true;
      case 'staleAnswer': {
        const old = this.#stale.get(packet.desk) ?? [];
        const text = old[b % Math.max(1, old.length)];
        if (packet.verb !== 'pull' || text === undefined || packet.answer === null) return false;
        this.#take(packet);
        packet.answer(text);
        this.#counts.staleIgnored += 1;
        return true;
      }
      default:
        return false;
    }
  }

  /** Brings a request to the workspace, and its answer back: whole, not at all, or cut off. */
  async deliver(packet: Packet, answer: 'whole' | 'lost' | 'torn'): Promise<void> {
    this.#take(packet);
    const workspace = this.#workspace();
    const body: unknown = JSON.parse(packet.body);
    if (packet.verb === 'push') countPush(this.#counts, body, workspace.lastMids);
    const text = await workspace.serve(packet, body).catch((thrown: unknown) => {
      // Its sender must not wait for ever: the schedule ends here.
      packet.answer?.({ type: 'unavailable' });
      throw thrown;
    });
    if (typeof text === 'string') this.#seen(packet, text);
    if (packet.answer === null) return;
    const lost: WireError = { type: answer === 'lost' ? 'timeout' : 'unavailable' };
    if (text === null || answer === 'lost') packet.answer(lost);
    else if (answer === 'torn' && typeof text === 'string') packet.answer(text.slice(0, text.length >> 1));
    else packet.answer(text);
  }

  #take(packet: Packet): void {
    const at = this.packets.indexOf(packet);
    if (at >= 0) this.packets.splice(at, 1);
  }

  #seen(packet: Packet, text: string): void {
    countAnswer(this.#counts, packet, text);
    if (packet.verb !== 'pull' || text.startsWith(RESET)) return;
    this.#stale.set(packet.desk, [text, ...(this.#stale.get(packet.desk) ?? [])].slice(0, 4));
  }
}
