import { nextFloat, nextInt, pick, type Rng } from '../../base/rng.ts';
import { SCORES_OF } from '../../domain/csat/scale.ts';
import type { CsatScale } from '../../domain/model.ts';
import type { IngestEventInput } from '../../protocol/ingest.ts';
import { languageFacts } from './locale-text.ts';
import type { SampleData, SampleLanguage } from './scenario-data.ts';

type SampleSurvey = SampleData['surveys']['surveys'][number];

/** The survey that a channel's customers get in the sample. */
function surveyOf(data: SampleData, channel: string): SampleSurvey | undefined {
  const { surveys } = data.surveys;
  const own = surveys.find(({ survey }) =>
    survey.conditions.some(({ subject, values }) => subject === 'channel' && values.includes(channel)),
  );
  return own ?? surveys.at(-1);
}

/** Mostly content, as those who answer are; now and then somebody is not. */
function scoreOf(scale: CsatScale, rng: Rng): number {
  const scores = SCORES_OF[scale];
  const chance = nextFloat(rng);
  const fromTop = chance < 0.5 ? 0 : chance < 0.74 ? 1 : chance < 0.86 ? 2 : chance < 0.94 ? 3 : 4;
  return scores.at(-1 - Math.min(fromTop, scores.length - 1)) ?? 5;
}

function commentOf(data: SampleData, language: SampleLanguage, score: number, rng: Rng): string | null {
  if (nextFloat(rng) > 0.55) return null;
  const mood = score >= 4 ? 'good' : score === 3 ? 'fair' : 'poor';
  return pick(rng, data.surveys.comments[languageFacts(language).shop][mood]);
}

interface Thread {
  readonly events: readonly IngestEventInput[];
  readonly language: SampleLanguage;
}

interface Closing {
  readonly conversationId: string;
  readonly at: number;
  readonly cycle: number;
}

function closingsOf(events: readonly IngestEventInput[]): readonly Closing[] {
  return events
    .flatMap((event) =>
      event.type === 'conversation.closed' && event.by === 'agent' && typeof event.at === 'number'
        ? [{ conversationId: event.conversationId, at: event.at }]
        : [],
    )
    .map((closing, index) => ({ ...closing, cycle: index + 1 }));
}

/**
 * The surveys after the closings of one sample conversation, and the answers of about six in ten. Times never meet those of
 * its other events: they end in milliseconds of their own. What would lie after `now` did not happen yet.
 */
export function csatEvents(
  data: SampleData,
  { events, language }: Thread,
  now: number,
  rng: Rng,
): readonly IngestEventInput[] {
  const started = events.find((event) => event.type === 'conversation.started');
  const chosen = surveyOf(data, started?.type === 'conversation.started' ? started.channel : '');
  if (chosen === undefined) return [];
  const { scale, delay, expiry } = chosen.survey;
  const taken = new Set(events.map(({ at }) => Number(at)));
  const free = (at: number): number => (taken.has(at) ? free(at + 1) : at);
  return closingsOf(events).flatMap(({ conversationId, at, cycle }) => {
    const sentAt = free(at + delay + nextInt(rng, 1, 59) * 1_000);
    const answeredAt = free(sentAt + nextInt(rng, 2, 60 * 20) * 60_000 + nextInt(rng, 1, 59_000));
    const answers = nextFloat(rng) < 0.62;
    const score = scoreOf(scale, rng);
    const comment = commentOf(data, language, score, rng);
    const place = { conversationId, cycle };
    const sent: IngestEventInput = {
      ...place,
      id: `${conversationId}-asked-${cycle}`,
      type: 'csat.sent',
      at: sentAt,
      survey: chosen.id,
      scale,
      medium: chosen.id === 'chat' ? 'form' : 'link',
      language,
      expiresAt: sentAt + expiry,
    };
    const answer: IngestEventInput = {
      ...place,
      id: `${conversationId}-answered-${cycle}`,
      type: 'csat.answered',
      at: answeredAt,
      score,
      comment,
    };
    return [sent, ...(answers ? [answer] : [])].filter((event) => Number(event.at) < now);
  });
}
