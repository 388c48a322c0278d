import { err } from '../../../src/base/result.ts';
import type { SyncTransport } from '../../../src/protocol/sync.ts';

export type Verb = 'hello' | 'push' | 'pull' | 'bootstrap' | 'who';
/** What happens to a request: it passes, never arrives, or arrives and its answer is lost. */
export type Fate = 'pass' | 'drop' | 'loseAnswer';

export interface FlakyTransport extends SyncTransport {
  /** Decides what happens to each request from now on. */
  fate: (verb: Verb) => Fate;
  /** Requests that left, in order. */
  readonly sent: { readonly verb: Verb; readonly body: unknown }[];
  setLink(up: boolean): void;
  poke(head: number): void;
}

/** A link that fails as it is told to. */
export function flakyTransport(inner: SyncTransport): FlakyTransport {
  const sent: { verb: Verb; body: unknown }[] = [];
  let onLinkChange: (up: boolean) => void = () => undefined;
  let onPoked: (poke: { head: number }) => void = () => undefined;
  let up = true;
  const through = async <T>(verb: Verb, body: unknown, call: () => Promise<T>) => {
    sent.push({ verb, body });
    const fate = up ? self.fate(verb) : 'drop';
    if (fate === 'drop') return err({ type: 'unavailable' as const });
    const answer = await call();
    return fate === 'loseAnswer' ? err({ type: 'timeout' as const }) : answer;
  };
  const self: FlakyTransport = {
    fate: () => 'pass',
    sent,
    hello: () => through('hello', null, () => inner.hello()),
    push: (body) => through('push', body, () => inner.push(body)),
    pull: (body) => through('pull', body, () => inner.pull(body)),
    bootstrap: (body) => through('bootstrap', body, () => inner.bootstrap(body)),
    who: (body) =>
      through('who', body, async () => (await inner.who?.(body)) ?? err({ type: 'unavailable' as const })),
    listen: (onPoke, onLink) => {
      onLinkChange = onLink;
      onPoked = onPoke;
      return inner.listen(
        (poke) => {
          if (up) onPoke(poke);
        },
        (isUp) => {
          if (up) onLink(isUp);
        },
      );
    },
    close: () => inner.close(),
    setLink: (next) => {
      up = next;
      onLinkChange(next);
    },
    poke: (head) => onPoked({ head }),
  };
  return self;
}
