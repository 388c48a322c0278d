import { columnMaker, type ReadColumn } from './column.ts';
import type { ExportedMessage, ReportContext } from './source.ts';

/** `Message data`: one row a message, notes included and marked. */
export function messageColumns({
  labels,
  agentNames,
}: ReportContext): readonly ReadColumn<ExportedMessage>[] {
  const column = columnMaker<ExportedMessage>(labels);
  return [
    column('chatId', 'text', ({ message }) => message.conversationId),
    column('messageId', 'text', ({ message }) => message.id),
    column('createdAt', 'dateTime', ({ message }) => message.at),
    column('personType', 'text', ({ message }) => labels.text(`states:author.${message.authorKind}`)),
    column('personId', 'text', ({ message }) => message.authorId),
    column('personName', 'text', ({ message, customerName }) => {
      if (message.authorKind === 'customer') return customerName;
      return message.authorId === null ? null : (agentNames.get(message.authorId) ?? null);
    }),
    column('private', 'boolean', ({ message }) => message.note),
    column('writtenAt', 'dateTime', ({ message }) => message.writtenAt),
    column('plainText', 'longText', ({ message }) => message.text),
  ];
}
