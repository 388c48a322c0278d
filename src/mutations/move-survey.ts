import { z } from 'zod';
import { ok } from '../base/result.ts';
import { surveyKey } from '../domain/csat/survey.ts';
import { readsSettings } from './documents.ts';
import { position } from './field-args.ts';
import { refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { surveyId } from './survey-args.ts';
import { onSurvey, standingSurvey } from './survey-rows.ts';

const args = z.object({
  id: surveyId,
  position,
  /** The position that must still stand (Y16); absent: whatever it is. */
  expect: position.optional(),
});

/** Puts a survey elsewhere in the order in which they are looked at (Q3). */
export const moveSurvey = defineMutation({
  name: 'survey.move',
  args,
  role: 'lead',
  reads: ({ id }) => readsSettings(surveyKey(id)),
  run: (rows, { id, position, expect }) =>
    onSurvey(rows, id, (survey) => {
      if (expect !== undefined && expect !== survey.position) return refuse('changedSince');
      return ok({ ...survey, position });
    }),
  inverse: (rows, { id, position }) => {
    const standing = standingSurvey(rows, id);
    if (standing === null || standing.position === position) return null;
    return { name: 'survey.move', args: { id, position: standing.position, expect: position } };
  },
  audit: ({ id, position }) => ({ action: 'survey.moved', detail: { id, position } }),
});
