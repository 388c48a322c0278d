import { nextFloat, nextInt, pick } from '../../base/rng.ts';
import { addLine, addStep, addText, type Draft, kindOf, pickWording, shortish } from './draft.ts';
import type { Stage } from './plan.ts';
import type { HandoffScript, Scenario, ScenarioLine } from './scenario-data.ts';

const SECONDS = 1_000;
const MINUTES = 60_000;
const HOURS = 3_600_000;
const PRIORITIES = ['high', 'medium', 'low'] as const;

/** The AI offers a ticket; whether it becomes a hand-off is up to the customer (S2). */
export function playOffer(draft: Draft, script: HandoffScript): void {
  addStep(draft, nextInt(draft.rng, SECONDS, 4 * SECONDS), {
    type: 'handoff.offered',
    reasonCode: script.code,
    reason: pickWording(draft, script.reason),
    skill: script.skill,
  });
}

/** The hand-off itself: live, or offered and accepted (S2). */
export function playHandoff(draft: Draft, script: HandoffScript): void {
  if (script.yes === undefined) {
    addStep(draft, nextInt(draft.rng, SECONDS, 4 * SECONDS), {
      type: 'conversation.escalated',
      reasonCode: script.code,
      reason: pickWording(draft, script.reason),
      tags: script.tags,
      skill: script.skill,
    });
    return;
  }
  playOffer(draft, script);
  addText(draft, 'customer', pickWording(draft, script.yes));
  addStep(draft, SECONDS, { type: 'handoff.accepted' });
  addStep(draft, SECONDS, { type: 'conversation.tagged', tags: script.tags, by: 'ai' });
}

/** A priority for some: the script's own in two of three cases, now and then another where nothing is urgent. */
export function playPriority(draft: Draft, script: HandoffScript): void {
  const chance = nextFloat(draft.rng);
  const usual = script.priority ?? null;
  const priority =
    chance < 0.66 ? usual : chance < 0.76 && usual !== 'high' ? pick(draft.rng, PRIORITIES) : null;
  if (priority === null) return;
  addStep(draft, nextInt(draft.rng, 1, 40) * SECONDS, { type: 'conversation.prioritized', priority });
}

/** The lines of a block that are played before the cut. */
function linesUpTo(draft: Draft, block: readonly ScenarioLine[], cut: Stage['cut']): readonly ScenarioLine[] {
  if (cut === 'unanswered') return [];
  if (cut === 'end') return block;
  const ends = block
    .map((line, index) => ({ kind: kindOf(line), optional: line[0].endsWith('?'), index }))
    .filter(({ kind, optional }) => kind === cut && !optional);
  const inside = ends.filter(({ index }) => index < block.length - 1);
  const last = pick(draft.rng, inside.length > 0 ? inside : ends);
  return block.slice(0, last.index + 1);
}

function playBlock(draft: Draft, block: readonly ScenarioLine[], reopens: boolean): void {
  block.forEach((line, index) => {
    const before = draft.steps.length;
    if (!addLine(draft, line) || index > 0 || !reopens) return;
    const step = draft.steps[before];
    if (step !== undefined)
      draft.steps[before] = { ...step, gap: shortish(draft.rng, [20 * HOURS, 110 * HOURS]) };
  });
}

function assign(draft: Draft): void {
  const { agentId } = draft.voices;
  if (agentId === null) return;
  addStep(draft, shortish(draft.rng, [20 * SECONDS, 20 * MINUTES]), {
    type: 'conversation.assigned',
    assigneeId: agentId,
    agentId,
  });
}

function tidy(draft: Draft, script: HandoffScript): void {
  const { agentId } = draft.voices;
  const tags = script.humanTags.filter(() => nextFloat(draft.rng) < 0.7);
  if (tags.length > 0) {
    addStep(draft, nextInt(draft.rng, 5, 90) * SECONDS, {
      type: 'conversation.tagged',
      tags,
      by: 'agent',
      agentId,
    });
  }
  if (nextFloat(draft.rng) < 0.65) {
    addStep(draft, nextInt(draft.rng, 5, 60) * SECONDS, {
      type: 'conversation.described',
      description: pickWording(draft, script.description),
    });
  }
}

/**
 * The human side: who takes it, the lines as far as the stage goes, notes and tags, the closes and reopenings.
 * `now` is for the end of a snooze, in epoch milliseconds.
 */
export function playHumanPart(draft: Draft, scenario: Scenario, stage: Stage, now: number): void {
  const script = scenario.handoff;
  if (script === undefined) throw new Error(`invariant broken: ${scenario.id} has no human part`);
  if (stage.owner !== 'none') assign(draft);
  for (let cycle = 1; cycle <= stage.cycles; cycle += 1) {
    const block = cycle === 1 ? script.human : (script.again[cycle - 2] ?? []);
    const isLast = cycle === stage.cycles;
    playBlock(draft, linesUpTo(draft, block, isLast ? stage.cut : 'end'), cycle > 1);
    if (cycle === 1 && stage.owner !== 'none' && stage.cut !== 'unanswered') tidy(draft, script);
    if (!isLast || stage.state === 'closed') {
      addStep(draft, shortish(draft.rng, [30 * SECONDS, 50 * MINUTES]), {
        type: 'conversation.closed',
        by: 'agent',
        agentId: draft.voices.agentId,
      });
    }
  }
  if (stage.state === 'snoozed') {
    addStep(draft, nextInt(draft.rng, 15, 120) * SECONDS, {
      type: 'conversation.snoozed',
      until: now + nextInt(draft.rng, 3, 90) * HOURS,
      agentId: draft.voices.agentId,
    });
  }
}
