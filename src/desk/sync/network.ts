import type { SyncStatus } from '../../protocol/rpc/status.ts';

type Network = SyncStatus['network'];

/**
 * Whether the machine has a network: what a screen or the shell said last, since their system tells them of a change at
 * once; before anyone did, what `read` finds. It says nothing of the workspace, which may lie on this very machine.
 */
export class NetworkFact {
  readonly #read: () => Network;
  #heard: Network | null = null;

  constructor(read: () => Network) {
    this.#read = read;
  }

  now(): Network {
    return this.#heard ?? this.#read();
  }

  /** Takes what was said; whether that is another fact than before. */
  hear(online: boolean): boolean {
    const before = this.now();
    this.#heard = online ? 'up' : 'down';
    return before !== this.#heard;
  }
}
