import { nextInt, type Rng, seededRng } from '../../../src/base/rng.ts';

export const KINDS = [
  'act',
  'deliver',
  'drop',
  'loseAnswer',
  'duplicate',
  'tearRequest',
  'tearAnswer',
  'staleAnswer',
  'tick',
  'ingest',
  'customer',
  'sweep',
  'undo',
  'recall',
  'settle',
  'draft',
  'killDesk',
  'killDeskMidway',
  'killWorkspace',
  'killWorkspaceMidway',
  'linkDown',
  'linkUp',
  'offline',
  'online',
  'deskClockJumps',
  'timePasses',
  'backup',
  'restore',
  'upgradeDemanded',
  'oldWorkspace',
  'replicaDestroyed',
  'policy',
] as const;
export type Kind = (typeof KINDS)[number];

/** How often each kind is drawn, of about 1,000. */
const WEIGHTS: Readonly<Record<Kind, number>> = {
  act: 300,
  deliver: 310,
  drop: 18,
  loseAnswer: 22,
  duplicate: 22,
  tearRequest: 6,
  tearAnswer: 8,
  staleAnswer: 14,
  tick: 70,
  ingest: 30,
  customer: 35,
  sweep: 10,
  undo: 26,
  recall: 20,
  settle: 20,
  draft: 8,
  killDesk: 8,
  killDeskMidway: 14,
  killWorkspace: 3,
  killWorkspaceMidway: 10,
  linkDown: 8,
  linkUp: 12,
  offline: 7,
  online: 14,
  deskClockJumps: 6,
  timePasses: 8,
  backup: 10,
  restore: 3,
  upgradeDemanded: 1,
  oldWorkspace: 2,
  replicaDestroyed: 2,
  policy: 2,
};

/** Kinds that are faults: each must happen in at least a twentieth of all schedules. */
export const FAULTS: readonly Kind[] = [
  'drop',
  'loseAnswer',
  'duplicate',
  'tearRequest',
  'tearAnswer',
  'staleAnswer',
  'killDesk',
  'killDeskMidway',
  'killWorkspace',
  'killWorkspaceMidway',
  'linkDown',
  'offline',
  'deskClockJumps',
  'timePasses',
  'restore',
  'upgradeDemanded',
  'oldWorkspace',
  'replicaDestroyed',
];

/** One step: what happens, to which desk, and three numbers that its choices are taken from. */
export interface Step {
  readonly kind: Kind;
  readonly desk: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export const DESKS = 3;
export const STEPS = 100;

/** Every kind as often as it weighs. */
const DRAWN: readonly Kind[] = KINDS.flatMap((kind) => Array.from({ length: WEIGHTS[kind] }, () => kind));

function kindOf(rng: Rng): Kind {
  return DRAWN[nextInt(rng, 0, DRAWN.length - 1)] ?? 'act';
}

/** The schedule of a seed: the same numbers, the same steps. */
export function scheduleOf(seed: number): readonly Step[] {
  const rng = seededRng(seed);
  return Array.from({ length: STEPS }, () => ({
    kind: kindOf(rng),
    desk: nextInt(rng, 0, DESKS - 1),
    a: nextInt(rng, 0, 9_999),
    b: nextInt(rng, 0, 9_999),
    c: nextInt(rng, 0, 9_999),
  }));
}

/**
 * `blocking`: replies after closing start a new conversation (S5), from before anything closed. `scoped`: desks that fill
 * anew hold a part, and fetch what somebody asks for (Y9).
 */
export type OpeningKind = 'usual' | 'blocking' | 'scoped';

/** A quarter of the schedules opens in each of the other ways. */
export function openingKindOf(seed: number): OpeningKind {
  if (seed % 4 === 3) return 'blocking';
  return seed % 4 === 2 ? 'scoped' : 'usual';
}
