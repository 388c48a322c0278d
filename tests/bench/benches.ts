import { b1 } from './cases/b1.ts';
import { b11 } from './cases/b11.ts';
import { b12 } from './cases/b12.ts';
import { b14 } from './cases/b14.ts';
import { b18 } from './cases/b18.ts';
import { b2 } from './cases/b2.ts';
import { b16 } from './cases/b16.ts';
import { b4 } from './cases/b4.ts';
import { b5 } from './cases/b5.ts';
import { b7 } from './cases/b7.ts';
import { overview } from './cases/overview.ts';
import type { Bench } from './harness.ts';

/** Every benchmark of `npm run bench`, in the order they run. A plug-in is one line here. */
export const BENCHES: readonly Bench[] = [b1, b2, b4, b5, b7, b11, b12, b14, b18, b16, overview];
