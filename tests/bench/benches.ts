import { b4 } from './cases/b4.ts';
import type { Bench } from './harness.ts';

/** Every benchmark of `npm run bench`, in the order they run. A plug-in is one line here. */
export const BENCHES: readonly Bench[] = [b4];
