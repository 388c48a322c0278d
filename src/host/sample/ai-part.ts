import { nextFloat, nextInt, pick } from '../../base/rng.ts';
import { addLine, addStep, addText, type Draft, kindOf } from './draft.ts';
import { playHandoff, playOffer } from './human-part.ts';
import type { Casting } from './plan.ts';
import type { SampleLanguage, SampleProduct, Scenario, ScenarioLine } from './scenario-data.ts';
import { languageFacts } from './locale-text.ts';

const SECONDS = 1_000;
const MINUTES = 60_000;
const HOURS = 3_600_000;

/** What the AI recommends in this conversation, the one it names first. */
export interface Offer {
  readonly products: readonly SampleProduct[];
  readonly language: SampleLanguage;
  readonly customerId: string;
  readonly orderId: string;
  /** Only who got their answer buys. */
  readonly mayOrder: boolean;
  readonly urlOf: (product: SampleProduct) => string;
}

/** The AI shows products; the customer may open one, and may buy it within a day (A1). */
function playRecommendation(draft: Draft, offer: Offer): void {
  const { shop, currency } = languageFacts(offer.language);
  const first = offer.products[0];
  if (first === undefined) return;
  addStep(draft, SECONDS, {
    type: 'product.recommended',
    products: offer.products.map((product) => ({
      id: product.sku,
      name: product.name[shop],
      url: offer.urlOf(product),
    })),
    channel: draft.channel,
  });
  if (nextFloat(draft.rng) < 0.35) return;
  const clicked = nextFloat(draft.rng) < 0.75 ? first : pick(draft.rng, offer.products);
  addStep(draft, nextInt(draft.rng, 4, 40) * SECONDS, { type: 'product.clicked', productId: clicked.sku });
  if (!offer.mayOrder || nextFloat(draft.rng) < 0.4) return;
  addStep(draft, 0, {
    type: 'order.placed',
    orderId: offer.orderId,
    customerId: offer.customerId,
    valueMinor: clicked.price[currency],
    currency,
  });
}

/** Plays lines of the AI's part; a starred one recommends. */
export function playLines(draft: Draft, lines: readonly ScenarioLine[], offer: Offer): void {
  for (const line of lines) {
    const played = addLine(draft, line);
    if (played && line[0].endsWith('*')) playRecommendation(draft, offer);
  }
}

/** An order comes after the conversation: it is moved behind the last event, well within the day of A1. */
function orderLast(draft: Draft): void {
  const others = draft.steps.filter(({ body }) => body.type !== 'order.placed');
  const orders = draft.steps.filter(({ body }) => body.type === 'order.placed').slice(-1);
  const moved = orders.map(({ body }) => ({ gap: nextInt(draft.rng, 2 * MINUTES, 7 * HOURS), body }));
  draft.steps.splice(0, draft.steps.length, ...others, ...moved);
}

/** A conversation that is still going on is cut after some line; never before the AI's first. */
function soFar(draft: Draft, lines: readonly ScenarioLine[]): readonly ScenarioLine[] {
  const ends = lines
    .map((line, index) => ({ kind: kindOf(line), index }))
    .filter(({ kind }) => kind === 'ai');
  return lines.slice(0, pick(draft.rng, ends).index + 1);
}

/** The customer gives up; where a ticket is offered they decline it first. */
function playLeft(draft: Draft, { handoff, left }: Scenario, offer: Offer): void {
  const declines = handoff?.yes !== undefined;
  if (handoff !== undefined && declines) {
    playLines(draft, handoff.lead, offer);
    playOffer(draft, handoff);
  }
  playLines(draft, left ?? [], offer);
  if (declines) addStep(draft, SECONDS, { type: 'handoff.declined' });
  const idle = !declines && nextFloat(draft.rng) < 0.45;
  if (idle) addStep(draft, 48 * HOURS, { type: 'conversation.closed', by: 'auto' });
  else addStep(draft, nextInt(draft.rng, 5, 300) * SECONDS, { type: 'conversation.closed', by: 'customer' });
}

/** The AI's side from the first question to how it ended. Says nothing of the human side. */
export function playAiPart(draft: Draft, casting: Casting, offer: Offer): void {
  const { scenario, outcome } = casting;
  addText(draft, 'customer', casting.opener.text);
  if (outcome === 'human') return;
  if (outcome === 'withAi') {
    playLines(draft, soFar(draft, scenario.talk), offer);
    return;
  }
  playLines(draft, scenario.talk, offer);
  if (outcome === 'handoff' && scenario.handoff !== undefined) {
    playLines(draft, scenario.handoff.lead, offer);
    playHandoff(draft, scenario.handoff);
  }
  if (outcome === 'left') playLeft(draft, scenario, offer);
  if (outcome === 'resolved') {
    playLines(draft, scenario.resolved ?? [], offer);
    addStep(draft, nextInt(draft.rng, 20, 240) * SECONDS, {
      type: 'conversation.resolved',
      finalSkill: scenario.skill,
      tags: scenario.tags,
      status: 'resolved',
    });
    orderLast(draft);
  }
}
