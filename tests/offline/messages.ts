import type { DeskContract } from '../../src/protocol/rpc/contract.ts';

/** What the parent tells a desk's process. */
export type ToDesk =
  | { readonly type: 'clock'; readonly now: number }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly method: keyof DeskContract;
      readonly input: unknown;
    };

/** What a desk's process says. */
export type FromDesk =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'threw'; readonly text: string };
