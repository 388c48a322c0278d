import type { WorkspaceSettings } from '../../../../src/protocol/rpc/settings.ts';

/** What makes an order a sale, by channel; a channel that is not in it has none (A1). */
export type Attribution = NonNullable<WorkspaceSettings['attribution']>;

/** The channels that sales can be attributed on; web chat is as A1 says it. */
export const ATTRIBUTED = ['sms', 'email', 'whatsapp'] as const;
export const TOUCHES = ['recommended', 'clicked'] as const;
export type Touch = (typeof TOUCHES)[number];

/** Hours of a channel that just got its first touch: as web chat has them. */
const FIRST_WINDOW = 24;

/** The attribution with one touch on or off, or another window, on one channel; without a touch the channel is left out. */
export function attributionWith(
  attribution: Attribution,
  channel: string,
  change: { readonly touch: Touch; readonly on: boolean } | { readonly windowHours: number },
): Attribution {
  const { [channel]: standing, ...others } = attribution;
  const { touches, windowHours } = standing ?? { touches: [], windowHours: FIRST_WINDOW };
  if ('windowHours' in change) {
    return standing === undefined
      ? attribution
      : { ...others, [channel]: { touches, windowHours: change.windowHours } };
  }
  const next = TOUCHES.filter((touch) => (touch === change.touch ? change.on : touches.includes(touch)));
  return next.length === 0 ? others : { ...others, [channel]: { touches: next, windowHours } };
}
