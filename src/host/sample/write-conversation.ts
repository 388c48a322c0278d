import { nextFloat, nextInt, pick, type Rng } from '../../base/rng.ts';
import { type Offer, playAiPart } from './ai-part.ts';
import { castAgent, castOffered, castProduct, type Customers, type SampleCustomer } from './cast.ts';
import { type Body, type Draft, newDraft, type Step } from './draft.ts';
import { fill, mentions, type Slots } from './fill.ts';
import { playHumanPart, playPriority } from './human-part.ts';
import { chatDate, chatPrice, languageFacts, modelName } from './locale-text.ts';
import { placeStart } from './place.ts';
import type { Casting } from './plan.ts';
import { withHandedProfile } from './profile-part.ts';
import type { SampleAgent, SampleData, SampleProduct } from './scenario-data.ts';

/** The AI agent that answers first in every sample conversation. */
export const SAMPLE_AI_ID = 'sori';

/** A conversation with its place in time and its texts filled in; ids come last. */
export interface Written {
  readonly casting: Casting;
  readonly steps: readonly Step[];
  /** Epoch milliseconds of the first step. */
  readonly start: number;
}

const DAYS = 86_400_000;
const digits = (rng: Rng, count: number): string =>
  Array.from({ length: count }, () => String(nextInt(rng, 0, 9))).join('');

function productUrl(data: SampleData, casting: Casting, product: SampleProduct): string {
  const path = languageFacts(casting.language).shop.toLowerCase();
  return `${data.catalog.origin}/${path}/products/${product.slug}`;
}

interface Cast {
  readonly data: SampleData;
  readonly customer: SampleCustomer;
  readonly agent: SampleAgent | null;
  readonly product: SampleProduct;
  readonly offered: readonly SampleProduct[];
  readonly orderNumber: string;
}

function makeSlots(casting: Casting, cast: Cast, start: number, rng: Rng): Slots {
  const { shop, currency } = languageFacts(casting.language);
  const { product, customer, agent, offered } = cast;
  const named = offered[0] ?? product;
  const korean = casting.language === 'ko';
  return new Map([
    ['name', korean ? customer.full : customer.given],
    ['fullname', customer.full],
    ['email', customer.email],
    ['product', product.name[shop]],
    ['model', modelName(product, shop)],
    ['sku', product.sku],
    ['url', productUrl(cast.data, casting, product)],
    ['price', chatPrice(product.price[currency], currency)],
    ['rec', named.name[shop]],
    ['recmodel', modelName(named, shop)],
    ['recurl', productUrl(cast.data, casting, named)],
    ['recprice', chatPrice(named.price[currency], currency)],
    ['order', cast.orderNumber],
    ['tracking', `SVX ${digits(rng, 4)} ${digits(rng, 4)}`],
    ['date', chatDate(start - nextInt(rng, 4, 17) * DAYS, casting.language)],
    ['eta', chatDate(start + nextInt(rng, 2, 6) * DAYS, casting.language)],
    ['city', pick(rng, cast.data.people.cities[casting.language])],
    // The ending that agrees with the customer in Portuguese: obrigado, obrigada.
    [
      'o',
      customer.given
        .normalize('NFD')
        .replace(/[^a-z]/gi, '')
        .endsWith('a')
        ? 'a'
        : 'o',
    ],
    ['agent', agent === null ? '' : korean ? agent.givenKo : agent.given],
  ]);
}

function fillBody(body: Body, slots: Slots): Body {
  const filled = (text: string | null | undefined): string | null =>
    text == null ? null : fill(text, slots);
  if (body.type === 'message.posted') return { ...body, text: fill(body.text, slots) };
  if (body.type === 'conversation.escalated') return { ...body, reason: filled(body.reason) };
  if (body.type === 'handoff.offered') return { ...body, reason: filled(body.reason) };
  if (body.type === 'conversation.described') return { ...body, description: filled(body.description) };
  return body;
}

/** Some who chat do not say who they are; not those whose name is spoken. */
function staysAnonymous(draft: Draft, customers: Customers, customer: SampleCustomer, rng: Rng): boolean {
  const texts = draft.steps.flatMap(({ body }) => (body.type === 'message.posted' ? [body.text] : []));
  const named = texts.some((text) => mentions(text, ['name', 'fullname', 'email']));
  if (draft.channel !== 'web_chat' || named || nextFloat(rng) > 0.25) return false;
  return customers.withdraw(customer);
}

/** At the hand-off some anonymous customers leave an address, so that they can be answered. */
function identifyAtHandoff(draft: Draft, customer: SampleCustomer): void {
  const at = draft.steps.findIndex(({ body }) => body.type === 'conversation.escalated');
  if (at < 0) return;
  const profile = { id: customer.id, name: null, email: customer.email };
  draft.steps.splice(at + 1, 0, { gap: 9_000, body: { type: 'customer.identified', profile } });
}

function pageOf(casting: Casting, cast: Cast, page: string): string {
  if (page === 'product') return productUrl(cast.data, casting, cast.product);
  return `${cast.data.catalog.origin}/${languageFacts(casting.language).shop.toLowerCase()}${page}`;
}

function identityOf(customer: SampleCustomer, channel: string, rng: Rng) {
  const isPhone = channel === 'sms' || channel === 'whatsapp';
  return {
    name: customer.full,
    email: isPhone && nextFloat(rng) < 0.6 ? null : customer.email,
    phone: isPhone || nextFloat(rng) < 0.3 ? customer.phone : null,
  };
}

/** How it begins: who, on which channel and page; a product page brings the product's name and number (C13). */
function startSteps(casting: Casting, cast: Cast, channel: string, anonymous: boolean, rng: Rng): Step[] {
  const { customer, product } = cast;
  const human = casting.outcome === 'human';
  const page = pick(rng, casting.scenario.pages);
  const onPage = channel === 'web_chat' || page === 'product';
  const started: Body = {
    type: 'conversation.started',
    channel,
    handledBy: human ? 'human' : 'ai',
    initialSkill: human ? null : casting.scenario.skill,
    page: onPage ? pageOf(casting, cast, page) : null,
    language: casting.language,
    profile: {
      id: customer.id,
      language: casting.language,
      ...(anonymous ? {} : identityOf(customer, channel, rng)),
    },
  };
  if (page !== 'product') return [{ gap: 0, body: started }];
  const values = {
    'profile.productName': product.name[languageFacts(casting.language).shop],
    'profile.productSku': product.sku,
  };
  return [
    { gap: 0, body: started },
    { gap: 0, body: { type: 'conversation.profileSet', values } },
  ];
}

function castAll(data: SampleData, casting: Casting, customers: Customers, rng: Rng): Cast {
  const { products } = data.catalog;
  const { scenario, opener } = casting;
  const product = castProduct(products, scenario.categories, opener.of, rng);
  return {
    data,
    customer: customers.next(casting.language),
    agent: castAgent(data.people.agents, casting.stage?.owner ?? null, casting.language, rng),
    product,
    offered: castOffered(products, scenario.recommend, product, opener.of, rng),
    orderNumber: `SV-${nextInt(rng, 3, 7)}${digits(rng, 4)}`,
  };
}

function offerOf(casting: Casting, cast: Cast, rng: Rng): Offer {
  return {
    products: cast.offered,
    language: casting.language,
    customerId: cast.customer.id,
    orderId: `SV-${nextInt(rng, 8, 9)}${digits(rng, 4)}`,
    mayOrder: casting.outcome === 'resolved',
    urlOf: (product) => productUrl(cast.data, casting, product),
  };
}

/**
 * Writes one conversation: plays its scenario, places it before `now` (epoch milliseconds), fills the slots.
 * `used` counts wordings over all conversations.
 */
export function writeConversation(
  data: SampleData,
  casting: Casting,
  customers: Customers,
  used: Map<string, number>,
  now: number,
  rng: Rng,
): Written {
  const { scenario, stage } = casting;
  const channel = pick(rng, scenario.channels);
  const cast = castAll(data, casting, customers, rng);
  const voices = { customerId: cast.customer.id, aiId: SAMPLE_AI_ID, agentId: cast.agent?.id ?? null };
  const draft = newDraft(casting, channel, voices, used, rng);
  playAiPart(draft, casting, offerOf(casting, cast, rng));
  if (stage !== null && scenario.handoff !== undefined) {
    playPriority(draft, scenario.handoff);
    playHumanPart(draft, scenario, stage, now);
  }
  const anonymous = staysAnonymous(draft, customers, cast.customer, rng);
  if (anonymous && nextFloat(rng) < 0.5) identifyAtHandoff(draft, cast.customer);
  const steps = [...startSteps(casting, cast, channel, anonymous, rng), ...draft.steps];
  const start = placeStart(steps, casting, now, rng);
  const slots = makeSlots(casting, cast, start, rng);
  const told = withHandedProfile(steps, cast, start);
  return { casting, start, steps: told.map(({ gap, body }) => ({ gap, body: fillBody(body, slots) })) };
}
