import { isDeepStrictEqual } from 'node:util';
import { broken } from './violation.ts';

/** Every so many answers one goes through text, and is frozen on both sides. */
const CHECKED = 32;

/**
 * Answers on their way to a desk. They cross as the objects they are: whoever is given a row reads it and never writes to it,
 * and text would make the same of it. Every 32nd shows that both hold: it arrives out of JSON text, which must be what was
 * sent, and neither its sender nor its receiver can change theirs from then on. (Requests hold members without a value, which
 * text leaves out: they are copied.)
 */
export class Crossing {
  #crossed = 0;

  /** What arrives of a value; `read` takes what came out of text, where the value went through text. */
  arrives<T>(value: T, read: (arrived: unknown) => T): T {
    this.#crossed += 1;
    return this.#crossed % CHECKED === 1 ? read(throughText(value)) : value;
  }
}

/** What JSON text makes of a value: the same, or it is none that may cross. */
export function throughText(value: unknown): unknown {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) broken('Y14', `no message is ${String(value)}`);
  const arrived: unknown = JSON.parse(text);
  if (!isDeepStrictEqual(arrived, value)) broken('Y14', `text makes another of ${text}`);
  freeze(value);
  freeze(arrived);
  return arrived;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const one of Object.values(value)) freeze(one);
}
