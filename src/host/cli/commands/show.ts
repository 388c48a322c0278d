import type { Agent } from '../../../domain/model.ts';
import type { Desk } from '../../../desk/open-desk.ts';
import type { ThreadMessage, ThreadView } from '../../../protocol/rpc/thread.ts';
import { ask } from '../ask.ts';
import { type Command, DATA_OPTION, flagOption, JSON_OPTION } from '../command.ts';
import { EXIT, type Io, usageError } from '../io.ts';
import { isoTime } from '../list-json.ts';
import { shownConversation } from '../show-json.ts';
import { withDesk } from '../with-data.ts';

const PAGE = 500;

/** A conversation with all of its messages; null when there is none of that id. */
async function whole(
  desk: Desk,
  conversationId: string,
): Promise<{ view: ThreadView; messages: ThreadMessage[] } | null> {
  const view = await ask(desk, 'thread.open', { conversationId, limit: PAGE });
  if (view === null) return null;
  let messages = [...view.messages];
  let { hasEarlier } = view;
  while (hasEarlier) {
    const [first] = messages;
    if (first === undefined) break;
    const before = { conversationId, beforeAt: first.at, beforeId: first.id, limit: PAGE };
    const page = await ask(desk, 'thread.earlier', before);
    messages = [...page.messages, ...messages];
    hasEarlier = page.hasEarlier;
  }
  return { view, messages };
}

function printText(io: Io, view: ThreadView, messages: readonly ThreadMessage[]): void {
  const { conversation } = view;
  io.out(
    `${conversation.id}  ${conversation.humanState ?? '-'}  ${conversation.aiOutcome ?? '-'}  ${conversation.page ?? ''}\n`,
  );
  if (conversation.handoffReason !== null) io.out(`handed over: ${conversation.handoffReason}\n`);
  for (const message of messages) {
    const kind = message.note ? 'note' : message.authorKind;
    io.out(`\n${isoTime(message.at)}  ${kind}\n${message.text}\n`);
  }
}

export const showCommand: Command = {
  name: 'show',
  arguments: 'ID …',
  summary: 'show conversations with their messages and cycles',
  options: { data: DATA_OPTION, json: JSON_OPTION },
  run: async (call, { io }) => {
    if (call.positionals.length === 0)
      throw usageError('show takes the id of a conversation; handoff list shows them');
    return withDesk(call, io, async (desk) => {
      const { agents: list } = await ask(desk, 'app.info', {});
      const agents = new Map<string, Agent>(list.map((agent) => [agent.id, agent]));
      let missing = 0;
      for (const id of call.positionals) {
        const found = await whole(desk, id);
        if (found === null) {
          missing += 1;
          io.err(`there is no conversation ${id}\n`);
        } else if (flagOption(call, 'json')) {
          io.out(`${JSON.stringify(shownConversation(found.view, found.messages, agents))}\n`);
        } else {
          printText(io, found.view, found.messages);
        }
      }
      return missing > 0 ? EXIT.partial : EXIT.complete;
    });
  },
};
