import { nextInt, pick, type Rng } from '../../base/rng.ts';
import type { SampleLanguage, Scenario, ScenarioFile } from './scenario-data.ts';

/** How the AI's side ends; `human`: no AI took part. */
export type SampleOutcome = 'handoff' | 'resolved' | 'left' | 'withAi' | 'human';

/** Where the human side of a conversation stands now. */
export interface Stage {
  readonly state: 'open' | 'snoozed' | 'closed';
  readonly owner: 'none' | 'me' | 'colleague';
  /** Whose word is last: nobody's of the team yet, the customer's, the agent's, or the script is played out. */
  readonly cut: 'unanswered' | 'customer' | 'agent' | 'end';
  readonly cycles: number;
}

/** A first message, what it is about, and the thread of wordings it starts. */
export interface Opener {
  readonly text: string;
  /** A category or SKU; null where any product of the scenario will do. */
  readonly of: string | null;
  readonly thread: 0 | 1;
}

/** One conversation to write. */
export interface Casting {
  readonly language: SampleLanguage;
  readonly scenario: Scenario;
  readonly opener: Opener;
  readonly outcome: SampleOutcome;
  readonly stage: Stage | null;
}

const stage = (
  state: Stage['state'],
  owner: Stage['owner'],
  cut: Stage['cut'],
  cycles = 1,
  count = 1,
): readonly Stage[] => Array.from({ length: count }, () => ({ state, owner, cut, cycles }));

/** The hand-offs of one language: 12 open, 2 or 3 snoozed, the rest closed. Those with many cycles come first. */
const HANDOFF_STAGES: readonly Stage[] = [
  ...stage('closed', 'colleague', 'end', 3),
  ...stage('open', 'me', 'customer', 3),
  ...stage('open', 'colleague', 'customer', 2),
  ...stage('closed', 'colleague', 'end', 2, 2),
  ...stage('closed', 'me', 'end', 2),
  ...stage('open', 'none', 'unanswered', 1, 5),
  ...stage('open', 'me', 'unanswered'),
  ...stage('open', 'me', 'customer'),
  ...stage('open', 'colleague', 'unanswered'),
  ...stage('open', 'colleague', 'customer'),
  ...stage('open', 'colleague', 'agent'),
  ...stage('snoozed', 'colleague', 'agent'),
  ...stage('snoozed', 'me', 'agent'),
  ...stage('closed', 'colleague', 'end', 1, 7),
  ...stage('closed', 'me', 'end', 1, 4),
];
const EXTRA_SNOOZED: readonly Stage[] = stage('snoozed', 'colleague', 'agent');
const HUMAN_STAGES: readonly Stage[] = [
  ...stage('open', 'none', 'unanswered'),
  ...stage('closed', 'colleague', 'end'),
];
/** For the customers' languages that the shop does not speak. */
const FOREIGN_STAGES: readonly Stage[] = [
  ...stage('open', 'none', 'unanswered'),
  ...stage('open', 'me', 'customer'),
  ...stage('open', 'colleague', 'agent'),
  ...stage('closed', 'colleague', 'end'),
];

const RESOLVED = 30;
const LEFT = 11;
const WITH_AI = 3;

function supports(scenario: Scenario, outcome: SampleOutcome, cycles: number): boolean {
  if (outcome === 'human') return scenario.noAi && scenario.handoff !== undefined;
  if (scenario.noAi) return false;
  if (outcome === 'handoff')
    return scenario.handoff !== undefined && scenario.handoff.again.length >= cycles - 1;
  if (outcome === 'resolved') return scenario.resolved !== undefined;
  if (outcome === 'left') return scenario.left !== undefined;
  return scenario.talk.some(([who]) => who.startsWith('ai'));
}

function openersOf(scenario: Scenario): Opener[] {
  return scenario.open.map((one, index) => ({
    text: typeof one === 'string' ? one : one.text,
    of: typeof one === 'string' ? null : one.of,
    thread: index % 2 === 0 ? 0 : 1,
  }));
}

/** Takes the next opener: of the thread that has more left, so that a second use tells the other story. */
function takeOpener(openers: Opener[]): Opener | undefined {
  const left = (thread: 0 | 1): number => openers.filter((one) => one.thread === thread).length;
  const wanted = left(0) === left(1) ? undefined : left(0) > left(1) ? 0 : 1;
  const at = openers.findIndex((one) => wanted === undefined || one.thread === wanted);
  return openers.splice(Math.max(at, 0), 1)[0];
}

/** Deals scenarios and their openers out: the least used one first, no opener twice. */
class Deck {
  readonly #rng: Rng;
  readonly #entries: {
    readonly scenario: Scenario;
    readonly openers: Opener[];
    used: number;
    usedFor: string[];
  }[];

  constructor(scenarios: readonly Scenario[], rng: Rng) {
    this.#rng = rng;
    this.#entries = scenarios.map((scenario) => ({
      scenario,
      openers: shuffled(openersOf(scenario), rng),
      used: 0,
      usedFor: [],
    }));
  }

  deal(outcome: SampleOutcome, cycles: number): { scenario: Scenario; opener: Opener } {
    const fitting = this.#entries.filter(
      (entry) => entry.openers.length > 0 && supports(entry.scenario, outcome, cycles),
    );
    const rank = (entry: (typeof fitting)[number]): number =>
      entry.used + 2 * entry.usedFor.filter((other) => other === outcome).length;
    const least = Math.min(...fitting.map(rank));
    const candidates = fitting.filter((entry) => rank(entry) === least);
    const entry = candidates[nextInt(this.#rng, 0, candidates.length - 1)];
    const opener = entry === undefined ? undefined : takeOpener(entry.openers);
    if (entry === undefined || opener === undefined) {
      throw new Error(`invariant broken: too few sample scenarios for ${outcome} with ${cycles} cycles`);
    }
    entry.used += 1;
    entry.usedFor.push(outcome);
    return { scenario: entry.scenario, opener };
  }
}

/** The items in a random order. */
export function shuffled<T>(items: readonly T[], rng: Rng): T[] {
  return items
    .map((item) => ({ item, key: rng.u32() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function planShop(file: ScenarioFile, extraSnoozed: boolean, rng: Rng): Casting[] {
  const deck = new Deck(file.scenarios, rng);
  const cast = (outcome: SampleOutcome, wanted: Stage | null): Casting => ({
    language: file.language,
    outcome,
    stage: wanted,
    ...deck.deal(outcome, wanted?.cycles ?? 1),
  });
  const repeat = (outcome: SampleOutcome, count: number): Casting[] =>
    Array.from({ length: count }, () => cast(outcome, null));
  const stages = extraSnoozed ? [...HANDOFF_STAGES, ...EXTRA_SNOOZED] : HANDOFF_STAGES;
  return [
    ...stages.map((one) => cast('handoff', one)),
    ...HUMAN_STAGES.map((one) => cast('human', one)),
    ...repeat('left', LEFT),
    ...repeat('withAi', WITH_AI),
    ...repeat('resolved', RESOLVED),
  ];
}

function planForeign(scenarios: readonly Scenario[], rng: Rng): Casting[] {
  return scenarios.map((scenario, index) => ({
    language: scenario.customer ?? 'en',
    scenario,
    opener: pick(rng, openersOf(scenario)),
    outcome: 'handoff',
    stage: FOREIGN_STAGES[index % FOREIGN_STAGES.length] ?? null,
  }));
}

/** Decides which conversations the workspace has: about 300, in equal shares of the shop's languages. */
export function planConversations(files: readonly ScenarioFile[], rng: Rng): Casting[] {
  return files.flatMap((file, index) => {
    const foreign = file.scenarios.filter((scenario) => scenario.customer !== undefined);
    const own = file.scenarios.filter((scenario) => scenario.customer === undefined);
    const shop = own.length === 0 ? [] : planShop({ ...file, scenarios: own }, index % 2 === 0, rng);
    return [...shop, ...planForeign(foreign, rng)];
  });
}
