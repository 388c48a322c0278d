import { BUILTIN_FIELDS, type BuiltinField, builtinValue } from '../../domain/fields/builtin.ts';
import {
  CSAT_COMMENT_FIELD,
  CSAT_FIELD,
  type FieldDefinition,
  type FieldType,
} from '../../domain/fields/definition.ts';
import type { Conversation } from '../../domain/model.ts';
import { fieldValueOf } from '../../domain/fields/value.ts';
import { TIMING_KEYS } from '../../domain/timings/timings.ts';
import type { Cell, CellType } from '../table.ts';
import { columnMaker, type ReadColumn } from './column.ts';
import { type ExportedConversation, latestAnswer, latestSurvey, type ReportContext } from './source.ts';
import { timingColumns } from './timing-columns.ts';

type Chat = ExportedConversation;
type ChatColumn = ReadColumn<Chat>;

const CELL_TYPES: Readonly<Record<FieldType | 'Duration', CellType>> = {
  Boolean: 'boolean',
  String: 'longText',
  Number: 'number',
  Date: 'date',
  Datetime: 'dateTime',
  List: 'list',
  Duration: 'duration',
};

/** A value that is no longer of its field's type, from before the field was defined, is no cell of that type. */
function fitting(type: FieldType, value: Cell): Cell {
  if (value === null) return null;
  switch (type) {
    case 'Boolean':
      return typeof value === 'boolean' ? value : null;
    case 'Number':
    case 'Datetime':
      return typeof value === 'number' ? value : null;
    case 'List':
      return typeof value === 'object' ? value : [String(value)];
    case 'Date':
    case 'String':
      return typeof value === 'string' ? value : String(value);
  }
}

function who({ labels, identity }: ReportContext): readonly ChatColumn[] {
  const column = columnMaker<Chat>(labels);
  return [
    column('id', 'text', ({ conversation }) => conversation.id),
    column('userId', 'text', ({ conversation }) => conversation.customerId),
    column('name', 'text', ({ customer }) => customer?.name ?? null),
    ...(identity === 'full'
      ? [
          column('email', 'text', ({ customer }) => customer?.email ?? null),
          column('phone', 'text', ({ customer }) => customer?.phone ?? null),
        ]
      : []),
  ];
}

/** The value of a built-in key as its cell shows it: values of ours in words. */
function builtinCell(field: BuiltinField, chat: Chat, { labels }: ReportContext): Cell {
  const { conversation } = chat;
  if (field.key === 'priority') return labels.text(`states:priority.${conversation.priority ?? 'medium'}`);
  if (field.key === 'state') return labels.text(`states:human.${conversation.humanState ?? 'none'}`);
  const value = builtinValue(field.key, chat);
  if (field.key === 'contactMediumType') return labels.value('states', 'channel', String(value));
  return fitting(field.type === 'Duration' ? 'Number' : field.type, value);
}

/** Every key of C2, in its order; each timing with its text, the priority with whether it was set (C5). */
function builtins(context: ReportContext): readonly ChatColumn[] {
  const column = columnMaker<Chat>(context.labels);
  const timings = timingColumns<Chat>(context.labels, (chat) => chat.timings);
  return BUILTIN_FIELDS.flatMap((field): readonly ChatColumn[] => {
    if (TIMING_KEYS.some((key) => key === field.key))
      return timings.filter(({ key }) => key === field.key || key === `${field.key}.text`);
    const own = column(field.key, CELL_TYPES[field.type], (chat) => builtinCell(field, chat, context));
    if (field.key === 'priority')
      return [own, column('priority.unset', 'boolean', ({ conversation }) => conversation.priority === null)];
    if (field.key !== 'tags') return [own];
    const byAi = ({ tags }: Chat): Cell => tags.filter((tag) => tag.appliedBy === 'ai').map(({ tag }) => tag);
    return [own, column('tags.byAi', 'list', byAi)];
  });
}

function customField(definition: FieldDefinition, { labels }: ReportContext): ChatColumn {
  const { key, type } = definition;
  const read = ({ fields, csat }: Chat): Cell => {
    const answer = latestAnswer(csat);
    if (key === CSAT_FIELD && answer !== null) return answer.score;
    if (key === CSAT_COMMENT_FIELD && answer !== null) return answer.comment;
    return fitting(type, fieldValueOf(fields, key, type));
  };
  return { key, header: labels.field(definition), type: CELL_TYPES[type], read };
}

function csatColumns({ labels, agentNames }: ReportContext): readonly ChatColumn[] {
  const column = columnMaker<Chat>(labels);
  return [
    column('csat.scale', 'integer', ({ csat }) => latestAnswer(csat)?.scale ?? null),
    column('csat.answeredAt', 'dateTime', ({ csat }) => latestAnswer(csat)?.answeredAt ?? null),
    column('csat.sentAt', 'dateTime', ({ csat }) => {
      const survey = latestSurvey(csat);
      return survey === null || survey.surveyId === null ? null : survey.sentAt;
    }),
    column('csat.language', 'text', ({ csat }) => latestSurvey(csat)?.language ?? null),
    column('csat.owner', 'text', ({ csat }) => {
      const owner = latestAnswer(csat)?.ownerId ?? null;
      return owner === null ? null : (agentNames.get(owner) ?? owner);
    }),
  ];
}

/** What is known of the conversation besides its profile: who has it, what the AI did, how it began. */
function rest({ labels, agentNames }: ReportContext): readonly ChatColumn[] {
  const column = columnMaker<Chat>(labels);
  const of = (key: string, type: CellType, read: (conversation: Conversation) => Cell): ChatColumn =>
    column(key, type, ({ conversation }) => read(conversation));
  const agent = (id: string | null): string | null => (id === null ? null : (agentNames.get(id) ?? id));
  const reason = (code: string | null): string | null =>
    code === null ? null : labels.value('states', 'reason', code);
  return [
    of('assigneeId', 'text', (chat) => chat.assigneeId),
    of('assignee', 'text', (chat) => agent(chat.assigneeId)),
    of('channel', 'text', (chat) => labels.value('states', 'channel', chat.channel)),
    of('source', 'text', (chat) => chat.source),
    of('language', 'text', (chat) => chat.language),
    of('aiOutcome', 'text', (chat) => labels.text(`states:ai.${chat.aiOutcome ?? 'none'}`)),
    of('aiRawStatus', 'text', (chat) => chat.aiRawStatus),
    of('handoffAt', 'dateTime', (chat) => chat.handoffAt),
    of('handoffReasonCode', 'text', (chat) => chat.handoffReasonCode),
    of('handoffReason', 'text', (chat) => reason(chat.handoffReasonCode)),
    of('handoffText', 'longText', (chat) => chat.handoffReason),
    of('initialSkill', 'text', (chat) => chat.initialSkill),
    of('finalSkill', 'text', (chat) => chat.finalSkill),
    of('startedAt', 'dateTime', (chat) => chat.startedAt),
    of('lastMessageAt', 'dateTime', (chat) => chat.lastMessageAt),
    of('messageCount', 'integer', (chat) => chat.messageCount),
    of('cycleCount', 'integer', (chat) => chat.cycleCount),
    of('firstQuestion', 'longText', (chat) => chat.firstQuestion),
  ];
}

/** `UserChat data`: one row a conversation, every key of C2, every active custom field, CSAT, and what was handed over. */
export function userChatColumns(context: ReportContext): readonly ChatColumn[] {
  return [
    ...who(context),
    ...builtins(context),
    ...context.fields.map((field) => customField(field, context)),
    ...csatColumns(context),
    ...rest(context),
  ];
}
