import { existsSync, statSync } from 'node:fs';
import type { Workspace } from '../../../workspace/workspace.ts';
import { type Command, DATA_OPTION, textOption } from '../command.ts';
import { type ImportSummary, importFile } from '../import-file.ts';
import { createProgress, EXIT, formatCount, type Io, plural, usageError } from '../io.ts';
import { withWorkspace } from '../with-data.ts';

interface Totals {
  readonly conversations: number;
  readonly messages: number;
}

function reportSummary(io: Io, summary: ImportSummary, added: Totals, inInbox: number): void {
  const parts = [
    `added ${plural(added.conversations, 'conversation')}, ${plural(added.messages, 'message')}`,
    `(${plural(summary.accepted, 'event')} new, ${formatCount(summary.duplicates)} known)`,
  ];
  if (summary.pending > 0)
    parts.push(`; ${plural(summary.pending, 'event')} wait for their conversation to start`);
  io.out(`${parts.join(' ')}; ${formatCount(inInbox)} in the inbox\n`);
  if (summary.broken > 0) io.err(`${plural(summary.broken, 'line')} could not be taken\n`);
}

async function importInto(
  workspace: Workspace,
  file: string,
  source: string,
  io: Io,
): Promise<ImportSummary> {
  return importFile(
    file,
    async (events) => {
      const answer = await workspace.ingest(source, { events });
      if (!answer.ok) throw new Error(`the workspace refused a batch: ${answer.error.type}`);
      return answer.value;
    },
    io,
    createProgress(io),
  );
}

export const importCommand: Command = {
  name: 'import',
  arguments: 'FILE',
  summary: 'import events of AI agents and shops from a file of JSON lines',
  options: {
    data: DATA_OPTION,
    source: {
      type: 'string',
      value: 'NAME',
      help: 'what to call where the events come from',
      default: 'import',
    },
  },
  run: async (call, { io }) => {
    const [file, ...more] = call.positionals;
    if (file === undefined || more.length > 0)
      throw usageError('import takes one file; see handoff import --help');
    if (!existsSync(file) || !statSync(file).isFile()) throw usageError(`there is no file ${file}`);
    return withWorkspace(call, io, true, async ({ workspace }) => {
      const before = await workspace.totals();
      const summary = await importInto(workspace, file, textOption(call, 'source') ?? 'import', io);
      const after = await workspace.totals();
      const added = {
        conversations: after.conversations - before.conversations,
        messages: after.messages - before.messages,
      };
      reportSummary(io, summary, added, after.open);
      return summary.broken > 0 ? EXIT.partial : EXIT.complete;
    });
  },
};
