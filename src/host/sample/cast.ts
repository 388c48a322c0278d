import { nextFloat, nextInt, pick, type Rng } from '../../base/rng.ts';
import type { PersonName, SampleAgent, SampleData, SampleLanguage, SampleProduct } from './scenario-data.ts';
import { type Stage, shuffled } from './plan.ts';

/** A customer of the sample. */
export interface SampleCustomer {
  readonly id: string;
  readonly given: string;
  readonly full: string;
  readonly email: string;
  readonly phone: string;
  readonly language: SampleLanguage;
}

const written = (name: PersonName): string => (typeof name === 'string' ? name : name[0]);
const latin = (name: PersonName): string => (typeof name === 'string' ? name : name[1]);

function mailPart(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

/** Numbers that nobody has: ranges kept free for fiction, or area codes that do not exist. */
function phoneOf(language: SampleLanguage, rng: Rng): string {
  if (language === 'ko') return `+82 10-0000-${String(nextInt(rng, 100, 199)).padStart(4, '0')}`;
  if (language === 'pt-BR') return `+55 10 90000-${String(nextInt(rng, 100, 199)).padStart(4, '0')}`;
  if (language === 'sv') return `+46 70 174 06 ${nextInt(rng, 10, 99)}`;
  return `+44 7700 900${nextInt(rng, 100, 999)}`;
}

/** Makes customers, now and then one who has written before. */
export class Customers {
  readonly #data: SampleData;
  readonly #rng: Rng;
  readonly #known: SampleCustomer[] = [];
  readonly #met = new Set<string>();
  #count = 0;

  constructor(data: SampleData, rng: Rng) {
    this.#data = data;
    this.#rng = rng;
  }

  /** A customer who writes this language. Names are not used twice for two people. */
  next(language: SampleLanguage): SampleCustomer {
    const before = this.#known.filter((customer) => customer.language === language);
    if (before.length > 3 && nextFloat(this.#rng) < 0.07) {
      const again = pick(this.#rng, before);
      this.#met.add(again.id);
      return again;
    }
    for (;;) {
      const customer = this.#make(language);
      if (before.every(({ full }) => full !== customer.full)) {
        this.#known.push(customer);
        return customer;
      }
    }
  }

  /** Takes a customer back whom nobody has met yet, so that they can stay unnamed. Says whether it could. */
  withdraw(customer: SampleCustomer): boolean {
    if (this.#met.has(customer.id)) return false;
    this.#known.splice(this.#known.indexOf(customer), 1);
    return true;
  }

  #make(language: SampleLanguage): SampleCustomer {
    this.#count += 1;
    const names = this.#data.people.customers[language];
    const given = pick(this.#rng, names.given);
    const family = pick(this.#rng, names.family);
    const joined =
      language === 'ko' ? written(family) + written(given) : `${written(given)} ${written(family)}`;
    const host = pick(this.#rng, ['example.com', 'example.com', 'example.org', 'example.net']);
    const local = pick(this.#rng, [
      `${mailPart(latin(given))}.${mailPart(latin(family))}`,
      `${mailPart(latin(given))}${nextInt(this.#rng, 71, 99)}`,
      `${mailPart(latin(family))}.${mailPart(latin(given))}`,
    ]);
    return {
      id: `customer-${String(this.#count).padStart(3, '0')}`,
      given: written(given),
      full: joined,
      email: `${local}@${host}`,
      phone: phoneOf(language, this.#rng),
      language,
    };
  }
}

/** The human agent of a conversation, or null while nobody took it. The first agent is the local user. */
export function castAgent(
  agents: readonly SampleAgent[],
  owner: Stage['owner'] | null,
  language: SampleLanguage,
  rng: Rng,
): SampleAgent | null {
  const [me, ...colleagues] = agents;
  if (owner === null || owner === 'none') return null;
  if (owner === 'me') return me ?? null;
  const fluent = colleagues.filter(({ languages }) => languages.includes(language));
  return pick(rng, fluent.length > 0 && nextFloat(rng) < 0.9 ? fluent : colleagues);
}

/** The product of a conversation: of these categories, or of the category or with the SKU that the opener names. */
export function castProduct(
  products: readonly SampleProduct[],
  categories: readonly string[],
  of: string | null,
  rng: Rng,
): SampleProduct {
  const fits = ({ sku, category }: SampleProduct): boolean =>
    of === null ? categories.includes(category) || categories.includes(sku) : of === sku || of === category;
  return pick(rng, products.filter(fits));
}

/**
 * One to three products to recommend. The first is named in the text: of the opener's category where the scenario
 * recommends that, else of the scenario's first. The conversation's own product only where nothing else fits.
 */
export function castOffered(
  products: readonly SampleProduct[],
  recommend: readonly string[],
  product: SampleProduct,
  of: string | null,
  rng: Rng,
): readonly SampleProduct[] {
  const [first] = recommend;
  if (first === undefined) return [];
  const asked = of !== null && recommend.includes(of) ? of : first;
  const lead = asked === 'same' ? product.category : asked;
  const inLead = products.filter(({ category, sku }) => category === lead || sku === lead);
  const others = inLead.filter(({ sku }) => sku !== product.sku);
  const named = pick(rng, others.length > 0 ? others : inLead);
  const rest = products.filter(
    ({ category, sku }) => recommend.includes(category) && sku !== named.sku && sku !== product.sku,
  );
  return [named, ...shuffled(rest, rng).slice(0, nextInt(rng, 0, 2))];
}
