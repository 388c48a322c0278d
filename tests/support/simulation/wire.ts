import type { WireError } from '../../../src/protocol/errors.ts';
import { countAnswer, countPush, isReset } from './counting.ts';
import type { Counts } from './counts.ts';
import type { Given, Packet } from './network.ts';
import type { Step } from './schedule.ts';
import type { SimWorkspace } from './sim-workspace.ts';

/** What lies between desks and workspace: a step decides what becomes of each request and of its answer. */
export class Wire {
  readonly packets: Packet[] = [];
  readonly #counts: Counts;
  readonly #workspace: () => SimWorkspace;
  /** The last answers to each desk's pulls, which a proxy may give out again. */
  readonly #stale = new Map<number, Given[]>();

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
        const given = old[b % Math.max(1, old.length)];
        if (packet.verb !== 'pull' || given === undefined || packet.answer === null) return false;
        this.#take(packet);
        packet.answer(given);
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
    if (packet.verb === 'push') countPush(this.#counts, packet, workspace.lastMids);
    const given = await workspace.serve(packet).catch((thrown: unknown) => {
      // Its sender must not wait for ever: the schedule ends here.
      packet.answer?.({ type: 'unavailable' });
      throw thrown;
    });
    if (given !== null && 'value' in given) this.#seen(packet, given);
    if (packet.answer === null) return;
    const lost: WireError = { type: answer === 'lost' ? 'timeout' : 'unavailable' };
    // Half of a text is no JSON: its reader has nothing.
    const isWhole = given !== null && (answer === 'whole' || (answer === 'torn' && !('value' in given)));
    packet.answer(isWhole ? given : lost);
  }

  #take(packet: Packet): void {
    const at = this.packets.indexOf(packet);
    if (at >= 0) this.packets.splice(at, 1);
  }

  #seen(packet: Packet, given: { readonly value: unknown }): void {
    countAnswer(this.#counts, packet, given.value);
    if (packet.verb !== 'pull' || isReset(given.value)) return;
    this.#stale.set(packet.desk, [given, ...(this.#stale.get(packet.desk) ?? [])].slice(0, 4));
  }
}
