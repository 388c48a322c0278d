import type { z } from 'zod';
import type { AgentId } from '../base/ids.ts';
import { ok, type Result } from '../base/result.ts';
import type { ListMerge } from '../domain/fields/list-merge.ts';
import { addNote } from './add-note.ts';
import { addTag } from './add-tag.ts';
import { archiveField } from './archive-field.ts';
import { assignConversation } from './assign-conversation.ts';
import { closeConversation } from './close-conversation.ts';
import { defineField } from './define-field.ts';
import { deleteField } from './delete-field.ts';
import { deleteSurvey } from './delete-survey.ts';
import { followConversation } from './follow-conversation.ts';
import { type Changes, refuse } from './history.ts';
import { hotParse } from './hot-parse.ts';
import { markRead } from './mark-read.ts';
import { markUnread } from './mark-unread.ts';
import { moveField } from './move-field.ts';
import { moveSurvey } from './move-survey.ts';
import type { InverseCall, LoadedRows, Mutation, MutationContext, Reads, Refusal } from './mutation.ts';
import { nameField } from './name-field.ts';
import { noop } from './noop.ts';
import { recordExport } from './record-export.ts';
import { removeTag } from './remove-tag.ts';
import { reopenConversation } from './reopen-conversation.ts';
import { restoreField } from './restore-field.ts';
import { saveSurvey } from './save-survey.ts';
import { sendMessage } from './send-message.ts';
import { setBlockReplies } from './set-block-replies.ts';
import { setDefaultVisibility } from './set-default-visibility.ts';
import { setDescription } from './set-description.ts';
import { setExports } from './set-exports.ts';
import { setHours } from './set-hours.ts';
import { setIdleWindow } from './set-idle-window.ts';
import { setLanguage } from './set-language.ts';
import { setOwnVisibility } from './set-own-visibility.ts';
import { setPriority } from './set-priority.ts';
import { setProfileField } from './set-profile.ts';
import { setPublicAddress } from './set-public-address.ts';
import { setScope } from './set-scope.ts';
import { setSurveyOn } from './set-survey-on.ts';
import { setTimingPolicy } from './set-timing-policy.ts';
import { setZone } from './set-zone.ts';
import { snoozeConversation } from './snooze-conversation.ts';
import { takeConversation } from './take-conversation.ts';
import { takeOverConversation } from './take-over-conversation.ts';
import { undoClose } from './undo-close.ts';
import { undoReopen } from './undo-reopen.ts';
import { unfollowConversation } from './unfollow-conversation.ts';
import { assignCoaching } from './assign-coaching.ts';
import { deleteSegment } from './delete-segment.ts';
import { deleteView } from './delete-view.ts';
import { saveSegment } from './save-segment.ts';
import { saveView } from './save-view.ts';
import { setAttribution } from './set-attribution.ts';
import { setVerdict } from './set-verdict.ts';
import { wakeConversation } from './wake-conversation.ts';

/** Every mutation by its wire name: the only list (Y2). A name is never reused (Y14). */
export const MUTATIONS = {
  'message.send': sendMessage,
  'note.add': addNote,
  'conversation.assign': assignConversation,
  'conversation.take': takeConversation,
  'conversation.takeOver': takeOverConversation,
  'conversation.setPriority': setPriority,
  'conversation.setDescription': setDescription,
  'tag.add': addTag,
  'tag.remove': removeTag,
  'conversation.close': closeConversation,
  'conversation.undoClose': undoClose,
  'conversation.reopen': reopenConversation,
  'conversation.undoReopen': undoReopen,
  'conversation.snooze': snoozeConversation,
  'conversation.wake': wakeConversation,
  'conversation.markRead': markRead,
  'conversation.markUnread': markUnread,
  'conversation.follow': followConversation,
  'conversation.unfollow': unfollowConversation,
  'field.define': defineField,
  'field.setName': nameField,
  'field.move': moveField,
  'field.archive': archiveField,
  'field.restore': restoreField,
  'field.delete': deleteField,
  'profile.set': setProfileField,
  'visibility.setOwn': setOwnVisibility,
  'visibility.setDefault': setDefaultVisibility,
  'settings.setHours': setHours,
  'settings.setTimingPolicy': setTimingPolicy,
  'settings.setZone': setZone,
  'settings.setLanguage': setLanguage,
  'survey.save': saveSurvey,
  'survey.setOn': setSurveyOn,
  'survey.move': moveSurvey,
  'survey.delete': deleteSurvey,
  'address.set': setPublicAddress,
  'export.record': recordExport,
  'settings.setExports': setExports,
  'review.setVerdict': setVerdict,
  'review.assignCoaching': assignCoaching,
  'segment.save': saveSegment,
  'segment.delete': deleteSegment,
  'view.save': saveView,
  'view.delete': deleteView,
  'settings.setAttribution': setAttribution,
  'settings.setIdleWindow': setIdleWindow,
  'settings.setScope': setScope,
  'settings.setBlockReplies': setBlockReplies,
  noop,
} as const;

export type MutationName = keyof typeof MUTATIONS;
/** The checked arguments of a mutation; what a typed caller writes, too. */
export type MutationArgs<Name extends MutationName> = z.output<(typeof MUTATIONS)[Name]['args']>;

export const MUTATION_NAMES: readonly string[] = Object.keys(MUTATIONS);

const BY_NAME: ReadonlyMap<string, Mutation> = new Map<string, Mutation>(Object.entries(MUTATIONS));

const PARSERS = new Map([...BY_NAME].map(([name, { args }]) => [name, hotParse(args)]));

/** The mutation of that wire name; null when there is none. */
export function findMutation(name: string): Mutation | null {
  return BY_NAME.get(name) ?? null;
}

/** A mutation with its checked arguments: parsed once, run as often as the base moves (Y7). */
export interface PreparedMutation {
  readonly mutation: Mutation;
  readonly args: unknown;
  reads(actorId: AgentId): Reads;
  run(rows: LoadedRows, ctx: MutationContext): Result<Changes, Refusal>;
  inverse(rows: LoadedRows, actorId: AgentId): InverseCall | null;
  /** How an applied run came out otherwise than its author saw, from the rows before it; null for most. */
  merges(rows: LoadedRows): ListMerge | null;
  /** The audit line that an applied run leaves; null for most. */
  audit(): { readonly action: string; readonly detail: object } | null;
}

function bind(mutation: Mutation, args: unknown): PreparedMutation {
  return {
    mutation,
    args,
    reads: (actorId) => mutation.reads(args, actorId),
    run: (rows, ctx) => mutation.run(rows, args, ctx),
    inverse: (rows, actorId) => mutation.inverse(rows, args, actorId),
    merges: (rows) => mutation.merges?.(rows, args) ?? null,
    audit: () => mutation.audit?.(args) ?? null,
  };
}

/** Checks a call: `unknownMutation` with its name, or `invalidArguments` with the path of the first wrong place. */
export function prepareMutation(name: string, rawArgs: unknown): Result<PreparedMutation, Refusal> {
  const mutation = findMutation(name);
  const parse = PARSERS.get(name);
  if (mutation === null || parse === undefined) return refuse('unknownMutation', { name });
  const args = parse(rawArgs);
  if (!args.success) return refuse('invalidArguments', { path: args.error.issues[0]?.path.join('.') ?? '' });
  return ok(bind(mutation, args.data));
}

/** Checks a call and runs it on the rows that `load` gives for what it reads. Refusals leave no changes. */
export function runMutation(
  name: string,
  rawArgs: unknown,
  load: (reads: Reads) => LoadedRows,
  ctx: MutationContext,
): Result<Changes, Refusal> {
  const prepared = prepareMutation(name, rawArgs);
  if (!prepared.ok) return prepared;
  return prepared.value.run(load(prepared.value.reads(ctx.actor.id)), ctx);
}
