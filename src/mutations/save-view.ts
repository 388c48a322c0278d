import { z } from 'zod';
import { readsSettings } from './documents.ts';
import { standingDocument, writeDocument } from './documents-of-insight.ts';
import { documentId, VIEW_SCOPES, viewContent, viewKey } from './insight-args.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({
  scope: z.enum(VIEW_SCOPES),
  id: documentId,
  view: viewContent,
  /** What must still stand (Y16); null: nothing; absent: whatever it is. */
  expect: viewContent.nullable().optional(),
});

/** Saves a view of the conversations (O8): the team's, or the actor's own. */
export const saveView = defineMutation({
  name: 'view.save',
  args,
  role: 'agent',
  reads: ({ scope, id }, actorId) => readsSettings(viewKey(scope, actorId, id)),
  run: (rows, { scope, id, view, expect }, { actor }) =>
    writeDocument(rows, viewKey(scope, actor.id, id), viewContent, { content: view, expect }),
  inverse: (rows, { scope, id, view }, actorId) => {
    const standing = standingDocument(rows, viewKey(scope, actorId, id), viewContent);
    if (standing === null) return { name: 'view.delete', args: { scope, id, expect: view } };
    return { name: 'view.save', args: { scope, id, view: standing, expect: view } };
  },
});
