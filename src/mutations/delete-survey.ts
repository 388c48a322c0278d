import { z } from 'zod';
import { ok } from '../base/result.ts';
import { surveyKey } from '../domain/csat/survey.ts';
import { readsSettings, settingChanges } from './documents.ts';
import { refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { contentOf, isSameContent, surveyContent, surveyId } from './survey-args.ts';
import { standingSurvey } from './survey-rows.ts';

const args = z.object({
  id: surveyId,
  /** What must still stand (Y16); absent: whatever it is. */
  expect: surveyContent.optional(),
});

/** Deletes a survey. What it asked can still be answered, and its scores stay. */
export const deleteSurvey = defineMutation({
  name: 'survey.delete',
  args,
  role: 'lead',
  reads: ({ id }) => readsSettings(surveyKey(id)),
  run: (rows, { id, expect }) => {
    const standing = standingSurvey(rows, id);
    if (standing === null) return refuse('notFound', { surveyId: id });
    if (expect !== undefined && !isSameContent(contentOf(standing), expect)) return refuse('changedSince');
    return ok(settingChanges(rows.setting(surveyKey(id)), surveyKey(id), null));
  },
  inverse: (rows, { id }) => {
    const standing = standingSurvey(rows, id);
    if (standing === null) return null;
    const on = standing.onSince !== null;
    return { name: 'survey.save', args: { id, survey: contentOf(standing), on } };
  },
  audit: ({ id }) => ({ action: 'survey.deleted', detail: { id } }),
});
