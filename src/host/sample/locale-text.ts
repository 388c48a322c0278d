import {
  type Currency,
  type SampleLanguage,
  type SampleProduct,
  type ShopLanguage,
} from './scenario-data.ts';

/** How one language of the sample writes its world. Zone offsets are whole hours, without daylight saving. */
export interface LanguageFacts {
  /** The language that products and pages are named in. */
  readonly shop: ShopLanguage;
  readonly currency: Currency;
  readonly zoneHours: number;
}

const FACTS: Readonly<Record<SampleLanguage, LanguageFacts>> = {
  en: { shop: 'en', currency: 'EUR', zoneHours: 0 },
  ko: { shop: 'ko', currency: 'KRW', zoneHours: 9 },
  'pt-BR': { shop: 'pt-BR', currency: 'BRL', zoneHours: -3 },
  sv: { shop: 'sv', currency: 'SEK', zoneHours: 1 },
  ar: { shop: 'en', currency: 'EUR', zoneHours: 3 },
  he: { shop: 'en', currency: 'EUR', zoneHours: 2 },
};

/** The facts of a language. */
export function languageFacts(language: SampleLanguage): LanguageFacts {
  return FACTS[language];
}

const MONTHS: Readonly<Record<'en' | 'sv', readonly string[]>> = {
  en: 'January February March April May June July August September October November December'.split(' '),
  sv: 'januari februari mars april maj juni juli augusti september oktober november december'.split(' '),
};

/** A day as one would write it in a chat; `at` in epoch milliseconds. */
export function chatDate(at: number, language: SampleLanguage): string {
  const local = new Date(at + FACTS[language].zoneHours * 3_600_000);
  const day = local.getUTCDate();
  const month = local.getUTCMonth();
  const shop = FACTS[language].shop;
  if (shop === 'ko') return `${month + 1}월 ${day}일`;
  if (shop === 'pt-BR') return `${String(day).padStart(2, '0')}/${String(month + 1).padStart(2, '0')}`;
  return `${day} ${MONTHS[shop][month] ?? ''}`;
}

function grouped(value: number, separator: string): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, separator);
}

/** An amount of integer minor units as one would write it in a chat. */
export function chatPrice(minor: number, currency: Currency): string {
  if (currency === 'KRW') return `${grouped(minor, ',')}원`;
  const whole = Math.floor(minor / 100);
  if (currency === 'BRL') return `R$ ${grouped(whole, '.')}`;
  if (currency === 'SEK') return `${grouped(whole, ' ')} kr`;
  return `€${grouped(whole, ',')}`;
}

/** The model's short name, as customers say it. */
export function modelName(product: SampleProduct, shop: ShopLanguage): string {
  return shop === 'ko' ? product.modelKo : product.model;
}

/** With a final consonant first, without one second; the names of digits end like these syllables. */
const PARTICLES: Readonly<Record<string, readonly [string, string]>> = {
  은: ['은', '는'],
  이: ['이', '가'],
  을: ['을', '를'],
  과: ['과', '와'],
  으로: ['으로', '로'],
  이랑: ['이랑', '랑'],
  이에요: ['이에요', '예요'],
  인데: ['인데', '인데'],
};
const DIGITS = '영일이삼사오육칠팔구';
const HANGUL_FIRST = 0xac00;
const FINALS = 28;
const FINAL_RIEUL = 8;

/** The Korean particle that fits the word: `particle('텐트', '을')` is `를`. Throws on an unknown one. */
export function particle(word: string, name: string): string {
  const forms = PARTICLES[name];
  if (forms === undefined) throw new Error(`invariant broken: unknown particle ${name}`);
  const last = word.at(-1) ?? '';
  const syllable = /\d/.test(last) ? (DIGITS[Number(last)] ?? last) : last;
  const code = syllable.charCodeAt(0) - HANGUL_FIRST;
  const final = code >= 0 && code < 11_172 ? code % FINALS : 0;
  const open = final === 0 || (name === '으로' && final === FINAL_RIEUL);
  return open ? forms[1] : forms[0];
}
