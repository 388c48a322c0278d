import { z } from 'zod';
import { readsSettings } from './documents.ts';
import { standingDocument, writeDocument } from './documents-of-insight.ts';
import { documentId, VIEW_SCOPES, viewContent, viewKey } from './insight-args.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({
  scope: z.enum(VIEW_SCOPES),
  id: documentId,
  /** What must still stand (Y16); absent: whatever it is. */
  expect: viewContent.optional(),
});

/** Deletes a saved view (O8). */
export const deleteView = defineMutation({
  name: 'view.delete',
  args,
  role: 'agent',
  reads: ({ scope, id }, actorId) => readsSettings(viewKey(scope, actorId, id)),
  run: (rows, { scope, id, expect }, { actor }) =>
    writeDocument(rows, viewKey(scope, actor.id, id), viewContent, { content: null, expect }),
  inverse: (rows, { scope, id }, actorId) => {
    const view = standingDocument(rows, viewKey(scope, actorId, id), viewContent);
    return view === null ? null : { name: 'view.save', args: { scope, id, view, expect: null } };
  },
});
