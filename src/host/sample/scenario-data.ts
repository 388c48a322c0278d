import { z } from 'zod';
import { surveyContent } from '../../mutations/survey-args.ts';

/** The four languages of the shop, and two that only customers write. */
export const SAMPLE_LANGUAGES = ['en', 'ko', 'pt-BR', 'sv', 'ar', 'he'] as const;
export type SampleLanguage = (typeof SAMPLE_LANGUAGES)[number];
export const SHOP_LANGUAGES = ['en', 'ko', 'pt-BR', 'sv'] as const;
export type ShopLanguage = (typeof SHOP_LANGUAGES)[number];
export const CURRENCIES = ['EUR', 'KRW', 'BRL', 'SEK'] as const;
export type Currency = (typeof CURRENCIES)[number];

const text = z.string().min(1);

/**
 * Who speaks, then the wordings to choose from. `c` customer, `ai` the AI agent, `a` a human agent, `n` a note;
 * `?` may be left out, `*` the AI recommends products here. ` // ` parts messages sent one right after another.
 * Wordings at even places belong to one thread of the story and those at odd places to the other, openers included:
 * a conversation keeps to its thread, so that an answer fits what was asked.
 */
const line = z.tuple([z.enum(['c', 'c?', 'ai', 'ai?', 'ai*', 'a', 'a?', 'n', 'n?']), text], text);
export type ScenarioLine = z.infer<typeof line>;
const lines = z.array(line).min(1);

const handoff = z.strictObject({
  code: text,
  /** The AI offers a ticket, and this is how the customer says yes; without it the hand-off is live. */
  yes: z.array(text).min(1).optional(),
  priority: z.enum(['high', 'medium', 'low']).optional(),
  skill: text,
  tags: z.array(text).default([]),
  humanTags: z.array(text).default([]),
  reason: z.array(text).min(1),
  /** What leads to the hand-off, after `talk`. */
  lead: z.array(line).default([]),
  /** The human part; it may be cut after any line. */
  human: lines,
  /** What reopens the conversation after a close: one block a further cycle, the customer first. */
  again: z.array(lines).default([]),
  description: z.array(text).min(1),
});

const scenario = z.strictObject({
  id: text,
  /** The customers' language where it is not the file's. */
  customer: z.enum(SAMPLE_LANGUAGES).optional(),
  channels: z.array(z.enum(['web_chat', 'email', 'sms', 'whatsapp'])).min(1),
  skill: text,
  /** Catalog categories or SKUs that `{{product}}` is taken from. */
  categories: z.array(text).min(1),
  /** Categories or SKUs that the AI recommends from, the first names the product; `same` is the product's own. */
  recommend: z.array(text).default([]),
  /** Inflow pages; `product` is the page of the product. */
  pages: z.array(text).min(1),
  tags: z.array(text).default([]),
  /** First messages; each is used at most once in a workspace. `of`: only about this category or SKU. */
  open: z.array(z.union([text, z.strictObject({ of: text, text })])).min(1),
  /** What follows in every ending. */
  talk: z.array(line).default([]),
  resolved: lines.optional(),
  /** The customer leaves without an answer that helps, or declines the offered ticket; their line is the last. */
  left: lines.optional(),
  handoff: handoff.optional(),
  /** No AI on the channel: only the human part is played. */
  noAi: z.boolean().default(false),
});
export type Scenario = z.infer<typeof scenario>;
export type HandoffScript = z.infer<typeof handoff>;

const scenarioFile = z.strictObject({
  language: z.enum(SAMPLE_LANGUAGES),
  scenarios: z.array(scenario).min(1),
});
export type ScenarioFile = z.infer<typeof scenarioFile>;

const perLanguage = z.record(z.enum(SHOP_LANGUAGES), text);
const product = z.strictObject({
  sku: text,
  category: text,
  slug: text,
  model: text,
  modelKo: text,
  name: perLanguage,
  /** Integer minor units; won have none smaller. */
  price: z.record(z.enum(CURRENCIES), z.number().int().positive()),
});
export type SampleProduct = z.infer<typeof product>;

const agent = z.strictObject({
  id: text,
  name: text,
  given: text,
  givenKo: text,
  role: z.enum(['agent', 'lead', 'admin']),
  languages: z.array(z.enum(SAMPLE_LANGUAGES)).min(1),
});
export type SampleAgent = z.infer<typeof agent>;

/** A name as written, or as written and in Latin letters. */
const personName = z.union([text, z.tuple([text, text])]);
export type PersonName = z.infer<typeof personName>;

/** Everything the sample is made of: read from `resources/sample`. */
export const sampleDataSchema = z.strictObject({
  /** A settings file, taken as `settings import` takes it. */
  settings: z.unknown(),
  surveys: z.strictObject({
    surveys: z.array(z.strictObject({ id: text, survey: surveyContent })).min(1),
    comments: z.record(
      z.enum(SHOP_LANGUAGES),
      z.strictObject({
        good: z.array(text).min(1),
        fair: z.array(text).min(1),
        poor: z.array(text).min(1),
      }),
    ),
  }),
  catalog: z.strictObject({ shop: text, origin: z.url(), products: z.array(product).min(1) }),
  people: z.strictObject({
    /** The first is the local user. */
    agents: z.array(agent).min(2),
    customers: z.record(
      z.enum(SAMPLE_LANGUAGES),
      z.strictObject({ given: z.array(personName).min(1), family: z.array(personName).min(1) }),
    ),
    cities: z.record(z.enum(SAMPLE_LANGUAGES), z.array(text).min(1)),
  }),
  files: z.array(scenarioFile).min(1),
});
export type SampleData = z.infer<typeof sampleDataSchema>;
