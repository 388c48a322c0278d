import { z } from 'zod';
import { ok } from '../base/result.ts';
import { surveyKey } from '../domain/csat/survey.ts';
import { readsSettings } from './documents.ts';
import { refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { surveyId } from './survey-args.ts';
import { onSurvey, standingSurvey } from './survey-rows.ts';

const args = z.object({
  id: surveyId,
  on: z.boolean(),
  /** What must still stand (Y16); absent: whatever it is. */
  expect: z.boolean().optional(),
});

/** Switches a survey on or off (Q3). It asks about what is closed from then on, by the workspace's clock. */
export const setSurveyOn = defineMutation({
  name: 'survey.setOn',
  args,
  role: 'lead',
  reads: ({ id }) => readsSettings(surveyKey(id)),
  run: (rows, { id, on, expect }, ctx) =>
    onSurvey(rows, id, (survey) => {
      const isOn = survey.onSince !== null;
      if (expect !== undefined && expect !== isOn) return refuse('changedSince');
      return ok(isOn === on ? survey : { ...survey, onSince: on ? ctx.now : null });
    }),
  inverse: (rows, { id, on }) => {
    const standing = standingSurvey(rows, id);
    if (standing === null || (standing.onSince !== null) === on) return null;
    return { name: 'survey.setOn', args: { id, on: !on, expect: on } };
  },
  audit: ({ id, on }) => ({ action: on ? 'survey.switchedOn' : 'survey.switchedOff', detail: { id } }),
});
