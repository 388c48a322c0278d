import type { Agent } from '../../../domain/model.ts';
import type { Desk } from '../../../desk/open-desk.ts';
import { type ListRow, QUEUES, type Queue } from '../../../protocol/rpc/list.ts';
import { rowsOfQueue } from '../all-conversations.ts';
import { ask } from '../ask.ts';
import { type Call, type Command, DATA_OPTION, flagOption, JSON_OPTION, textOption } from '../command.ts';
import { EXIT, type Io, usageError } from '../io.ts';
import { customerLabel, isoTime, listedConversation } from '../list-json.ts';
import { withDesk } from '../with-data.ts';

function queueOption(call: Call): Queue {
  const text = textOption(call, 'queue') ?? 'inbox';
  const queue = QUEUES.find((known) => known === text);
  if (queue === undefined) throw usageError(`--queue takes one of ${QUEUES.join(', ')}, not "${text}"`);
  return queue;
}

function textLine(row: ListRow, agents: ReadonlyMap<string, Agent>): string {
  const assignee = row.assigneeId === null ? '-' : (agents.get(row.assigneeId)?.name ?? row.assigneeId);
  const cells = [
    row.id,
    isoTime(row.openedAt) ?? '-',
    row.humanState ?? '-',
    row.priority ?? 'medium*',
    assignee,
    customerLabel(row) ?? 'Anonymous',
    row.firstQuestion ?? '',
  ];
  return `${cells.join('\t')}\n`;
}

async function print(desk: Desk, queue: Queue, json: boolean, io: Io): Promise<void> {
  const { agents: list } = await ask(desk, 'app.info', {});
  const agents = new Map(list.map((agent) => [agent.id as string, agent]));
  let first = true;
  if (json) io.out('[');
  for await (const row of rowsOfQueue(desk, queue)) {
    if (json) io.out(`${first ? '\n' : ',\n'}${JSON.stringify(listedConversation(row, agents))}`);
    else io.out(textLine(row, agents));
    first = false;
  }
  if (json) io.out(first ? ']\n' : '\n]\n');
}

export const listCommand: Command = {
  name: 'list',
  arguments: '',
  summary: 'list the conversations of a queue',
  options: {
    data: DATA_OPTION,
    json: JSON_OPTION,
    queue: { type: 'string', value: 'NAME', help: QUEUES.join(', '), default: 'inbox' },
  },
  run: async (call, { io }) => {
    const queue = queueOption(call);
    if (call.positionals.length > 0) throw usageError('list takes no arguments; see handoff list --help');
    await withDesk(call, io, async (desk) => print(desk, queue, flagOption(call, 'json'), io));
    return EXIT.complete;
  },
};
