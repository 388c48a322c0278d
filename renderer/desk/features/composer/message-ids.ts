import { type IdSource, uuidV7Source } from '../../../../src/base/uuid.ts';
import { type Clock, epochMillis } from '../../../../src/base/time.ts';
import { asId, type MessageId } from '../../../../src/base/ids.ts';
import type { Rng } from '../../../../src/base/rng.ts';

/** The machine's own randomness. */
const cryptoRng: Rng = {
  u32: () => {
    const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
    return value;
  },
};

/** The window's clock, to the millisecond. */
export const windowClock: Clock = { now: () => epochMillis(Date.now()) };

const ids: IdSource = uuidV7Source(windowClock, cryptoRng);

/** A new message's id, made where it is written, so that sending it twice is sending it once (Y1). */
export function nextMessageId(): MessageId {
  return asId<'MessageId'>(ids.next());
}
