import { z } from 'zod';
import { ok } from '../base/result.ts';
import { surveyKey } from '../domain/csat/survey.ts';
import { readsSettings } from './documents.ts';
import { refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { contentOf, isSameContent, surveyContent, surveyId } from './survey-args.ts';
import { standingSurvey, writeSurvey } from './survey-rows.ts';

const args = z.object({
  id: surveyId,
  survey: surveyContent,
  /** Switches it on or off as well; absent: as it is, and a new one is off. */
  on: z.boolean().optional(),
  /** What must still stand (Y16); absent: whatever it is. */
  expect: surveyContent.optional(),
});

/** Writes a survey, new or not (Q3). What was sent already keeps its scale. */
export const saveSurvey = defineMutation({
  name: 'survey.save',
  args,
  role: 'lead',
  reads: ({ id }) => readsSettings(surveyKey(id)),
  run: (rows, { id, survey, on, expect }, ctx) => {
    const standing = standingSurvey(rows, id);
    if (expect !== undefined && (standing === null || !isSameContent(contentOf(standing), expect)))
      return refuse('changedSince');
    const since = standing?.onSince ?? null;
    const onSince = on === undefined ? since : on ? (since ?? ctx.now) : null;
    return ok(writeSurvey(rows, { id, ...survey, onSince }));
  },
  inverse: (rows, { id, survey, on }) => {
    const standing = standingSurvey(rows, id);
    if (standing === null) return { name: 'survey.delete', args: { id, expect: survey } };
    const wasOn = standing.onSince !== null;
    const isSame = isSameContent(contentOf(standing), survey);
    if (isSame && (on ?? wasOn) === wasOn) return null;
    return {
      name: 'survey.save',
      args: {
        id,
        survey: contentOf(standing),
        ...(on === undefined ? {} : { on: wasOn }),
        expect: survey,
      },
    };
  },
  audit: ({ id, survey }) => ({ action: 'survey.saved', detail: { id, name: survey.name } }),
});
