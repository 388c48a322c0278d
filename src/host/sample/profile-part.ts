import type { Step } from './draft.ts';
import { mentions } from './fill.ts';
import type { SampleProduct } from './scenario-data.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const TIERS = ['Basic', 'Basic', 'Basic', 'Plus', 'Plus', 'VIP'] as const;

/** What the profile of a conversation is made of. */
export interface ProfileSubject {
  readonly orderNumber: string;
  readonly product: SampleProduct;
  readonly offered: readonly SampleProduct[];
}

type Values = Extract<Step['body'], { type: 'conversation.profileSet' }>['values'];

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The values that the AI hands over with a conversation: which ones, and what they are, follow from the order's number. */
function handedValues(
  { orderNumber, product, offered }: ProfileSubject,
  steps: readonly Step[],
  start: number,
): Values {
  const seed = Number(orderNumber.replace(/\D/g, ''));
  const speaksOfOrder = steps.some(
    ({ body }) => body.type === 'message.posted' && mentions(body.text, ['order']),
  );
  const items = [product, ...offered].slice(0, 1 + (seed % 3)).map(({ sku }) => sku);
  return {
    'profile.tier': TIERS[seed % TIERS.length] ?? 'Basic',
    ...(speaksOfOrder ? { 'profile.orderNumber': orderNumber, 'profile.itemCount': items.length } : {}),
    ...(speaksOfOrder && seed % 2 === 0
      ? { 'profile.deliveryDate': dayOf(start + (2 + (seed % 5)) * DAY) }
      : {}),
    ...(seed % 3 === 0 ? { 'profile.underWarranty': seed % 2 === 0 } : {}),
    ...(seed % 4 === 0 ? { 'profile.affectedItems': items } : {}),
    ...(seed % 7 === 0
      ? { 'profile.callBackAt': Math.ceil((start + DAY) / HOUR) * HOUR + (seed % 4) * HOUR }
      : {}),
  };
}

/** The steps of a conversation with what the AI knows of it said right after the hand-off (C7, C13). */
export function withHandedProfile(
  steps: readonly Step[],
  subject: ProfileSubject,
  start: number,
): readonly Step[] {
  const at = steps.findIndex(({ body }) => body.type === 'conversation.escalated');
  if (at < 0) return steps;
  const values = handedValues(subject, steps, start);
  return [
    ...steps.slice(0, at + 1),
    { gap: 0, body: { type: 'conversation.profileSet', values } },
    ...steps.slice(at + 1),
  ];
}
