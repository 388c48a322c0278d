import type { ProductId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Fact, ProfileValue } from '../events.ts';
import { type FieldValue, PRIORITIES, type Product } from '../model.ts';
import { del, put } from '../rows.ts';
import { addTags } from './attributes.ts';
import { importProfileScore, isScoreKey } from './csat.ts';
import type { Draft } from './draft.ts';
import { recordClicked, recordRecommended } from './metrics.ts';

type Recommended = Extract<Fact, { type: 'productsRecommended' }>['products'];

/** Writes a product's row and keeps it among the others, at its place or at the end. */
function writeProduct(draft: Draft, row: Product): void {
  const isKnown = draft.products.some((product) => product.productId === row.productId);
  draft.products = isKnown
    ? draft.products.map((product) => (product.productId === row.productId ? row : product))
    : [...draft.products, row];
  draft.changes.push(put('product', row));
}

/** Recommended products (K4): the latest recommendation's time and names stand, a click stays. */
export function recommendProducts(draft: Draft, products: Recommended, at: EpochMillis): void {
  recordRecommended(
    draft,
    products.map(({ id }) => id),
  );
  for (const { id, name, url } of products) {
    const known = draft.products.find((product) => product.productId === id);
    writeProduct(draft, {
      conversationId: draft.conversation.id,
      productId: id,
      name: name ?? known?.name ?? null,
      url: url ?? known?.url ?? null,
      recommendedAt: at,
      clickedAt: known?.clickedAt ?? null,
    });
  }
}

/** A click on a product (A1), the latest stands; one that nobody recommended is kept without a name, dated by the click. */
export function clickProduct(draft: Draft, productId: ProductId, at: EpochMillis): void {
  recordClicked(draft, productId);
  const known = draft.products.find((product) => product.productId === productId);
  writeProduct(draft, {
    conversationId: draft.conversation.id,
    productId,
    name: known?.name ?? null,
    url: known?.url ?? null,
    recommendedAt: known?.recommendedAt ?? at,
    clickedAt: at,
  });
}

/** Keys of C2 that this product derives from the history itself: a source's word for them is not taken. */
const DERIVED_KEYS: ReadonlySet<string> = new Set([
  'state',
  'firstOpenedAt',
  'openedAt',
  'closedAt',
  'waitingTime',
  'avgReplyTime',
  'resolutionTime',
  'operationWaitingTime',
  'operationAvgReplyTime',
  'operationResolutionTime',
]);

type Item = Pick<FieldValue, 'number' | 'text'>;

/** The items of a value, one a row: a list's distinct strings in order, a boolean as 0 or 1, none for null. */
function itemsOf(value: ProfileValue): readonly Item[] {
  if (value === null) return [];
  if (typeof value === 'string') return [{ number: null, text: value }];
  if (typeof value === 'number') return [{ number: value, text: null }];
  if (typeof value === 'boolean') return [{ number: value ? 1 : 0, text: null }];
  return [...new Set(value)].map((text) => ({ number: null, text }));
}

function setField(draft: Draft, field: string, value: ProfileValue): void {
  const conversationId = draft.conversation.id;
  const rows = itemsOf(value).map((item, ordinal) => ({ conversationId, field, ordinal, ...item }));
  for (const old of draft.fields) {
    if (old.field === field && old.ordinal >= rows.length)
      draft.changes.push(del('fieldValue', [conversationId, field, old.ordinal]));
  }
  draft.changes.push(...rows.map((row) => put('fieldValue', row)));
  draft.fields = [...draft.fields.filter((old) => old.field !== field), ...rows];
}

/** Sets one key of the conversation profile: to its column where it has one (C2), else to rows of its own. */
function setValue(draft: Draft, key: string, value: ProfileValue, at: EpochMillis): void {
  const conversation = draft.conversation;
  const text = typeof value === 'string' || value === null ? value : undefined;
  if (DERIVED_KEYS.has(key) || isScoreKey(key)) return;
  if (key === 'priority') {
    const priority = PRIORITIES.find((known) => known === value) ?? null;
    if (priority !== null || value === null) conversation.priority = priority;
  } else if (key === 'source.page') {
    if (text !== undefined) conversation.page = text;
  } else if (key === 'description') {
    if (text !== undefined) conversation.description = text;
  } else if (key === 'tags') {
    if (value !== null && typeof value === 'object') addTags(draft, value, 'ai', null, at);
  } else {
    setField(draft, key, value);
  }
}

/** Sets keys of the conversation profile (I1, C1); a null takes a value away, a wrong type for a column is left out. */
export function setProfile(
  draft: Draft,
  values: Readonly<Record<string, ProfileValue>>,
  at: EpochMillis,
): void {
  importProfileScore(draft, values, at);
  for (const [key, value] of Object.entries(values)) setValue(draft, key, value, at);
}
