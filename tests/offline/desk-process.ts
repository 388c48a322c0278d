import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { DeskContract } from '../../src/protocol/rpc/contract.ts';
import type { InputOf, OutputOf } from '../../src/protocol/rpc/method.ts';
import type { FromDesk, ToDesk } from './messages.ts';

const CHILD = path.join(import.meta.dirname, 'desk-child.ts');
const PATIENCE = 60_000;

export interface DeskPlace {
  readonly dir: string;
  readonly origin: string;
  readonly token: string;
  readonly seed: number;
}

/** A desk that can be asked over its contract, and killed. */
export class DeskProcess {
  readonly threw: string[] = [];
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #calls = 0;
  #ready: () => void = () => undefined;

  private constructor(place: DeskPlace, now: number) {
    const words = [place.dir, place.origin, place.token, String(place.seed), String(now)];
    this.#child = fork(CHILD, words, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child.on('message', (message: FromDesk) => {
      if (message.type === 'ready') this.#ready();
      else if (message.type === 'threw') this.threw.push(message.text);
      else {
        this.#waiting.get(message.id)?.(message.value);
        this.#waiting.delete(message.id);
      }
    });
  }

  static async start(place: DeskPlace, now: number): Promise<DeskProcess> {
    const self = new DeskProcess(place, now);
    await new Promise<void>((resolve, reject) => {
      self.#ready = resolve;
      self.#child.once('exit', (code) => reject(new Error(`the desk ended with ${code}`)));
    });
    return self;
  }

  setClock(now: number): void {
    this.#tell({ type: 'clock', now });
  }

  /** Asks one method; what it answers is the contract's. */
  ask<M extends keyof DeskContract>(
    method: M,
    input: InputOf<DeskContract[M]>,
  ): Promise<OutputOf<DeskContract[M]>> {
    this.#calls += 1;
    const id = this.#calls;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${method} was not answered`)), PATIENCE);
      this.#waiting.set(id, (value) => {
        clearTimeout(late);
        // The child runs the handlers of this very contract.
        resolve(value as OutputOf<DeskContract[M]>);
      });
      this.#tell({ type: 'call', id, method, input });
    });
  }

  /** Says what to do and does not wait for an answer, which a killed process never gives. */
  askBlindly<M extends keyof DeskContract>(method: M, input: InputOf<DeskContract[M]>): void {
    this.#calls += 1;
    this.#tell({ type: 'call', id: this.#calls, method, input });
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const gone = new Promise((resolve) => {
      this.#child.once('exit', resolve);
    });
    this.#child.kill('SIGKILL');
    await gone;
  }

  #tell(message: ToDesk): void {
    if (this.#child.connected) this.#child.send(message);
  }
}
