import { statSync } from 'node:fs';
import path from 'node:path';
import { uuidV7Source } from '../../../base/uuid.ts';
import { exportDeps } from '../../../desk/export/desk-exports.ts';
import { type ExportFailure, makeExport } from '../../../desk/export/make-export.ts';
import type { Desk } from '../../../desk/open-desk.ts';
import type { ExportRequestInput } from '../../../protocol/rpc/exports.ts';
import { exportResources } from '../../locales.ts';
import { systemScheduler } from '../../scheduler.ts';
import { systemClock, systemRng } from '../../system.ts';
import { readVersion } from '../../version.ts';
import { ask } from '../ask.ts';
import { type Command, type CommandContext, DATA_OPTION } from '../command.ts';
import { COMMAND_LINE, wantedExport, type WantedExport } from '../export-options.ts';
import { CommandError, createProgress, EXIT, type ExitCode, formatCount, plural, usageError } from '../io.ts';
import { untilSignal } from '../until-signal.ts';
import { withDesk } from '../with-data.ts';

const SENTENCES: Readonly<Record<Exclude<ExportFailure['type'], 'cancelled'>, string>> = {
  forbidden: 'you may not export here: the workspace leaves it to others',
  reasonRequired: 'the workspace asks why: give --reason TEXT',
  diskFull: 'the disk is full; nothing was left behind',
  cannotWrite: 'the file could not be written; nothing was left behind',
  tooLarge: 'that is more than one file can hold; nothing was left behind. Take a shorter range',
  notReady: 'the figures are not counted yet; try again',
  notHeld: 'the data directory does not hold all conversations of this export',
  damaged:
    'a row of the local copy is damaged; nothing was left behind. The copy is built anew at the next start: try again',
};

function failure(type: ExportFailure['type']): CommandError {
  if (type === 'cancelled') return new CommandError('stopped; nothing was left behind', EXIT.partial);
  const isUsage = type === 'forbidden' || type === 'reasonRequired';
  return new CommandError(SENTENCES[type], isUsage ? EXIT.usage : EXIT.partial);
}

/** What was asked for, with the workspace's zone and language where the call named none. */
async function requestOf(desk: Desk, wanted: WantedExport): Promise<ExportRequestInput> {
  const { zone, language } = await ask(desk, 'fields.list', {});
  const { out: _, ...request } = wanted;
  return {
    ...request,
    zone: wanted.zone ?? zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    languages: [...(wanted.languages ?? [language])],
  };
}

/** The audit line is durable; waits until the workspace beside this desk has it, too. */
async function untilSent(desk: Desk): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (desk.status().pending > 0) return;
      stop();
      clearInterval(timer);
      resolve();
    };
    const stop = desk.onInvalidate(look);
    const timer = setInterval(look, 50);
    look();
  });
}

async function exportInto(
  desk: Desk,
  wanted: WantedExport,
  { io, appRoot }: CommandContext,
): Promise<ExitCode> {
  const request = await requestOf(desk, wanted);
  const ids = uuidV7Source(systemClock, systemRng);
  const progress = createProgress(io);
  const options = {
    dir: '',
    clock: systemClock,
    ids,
    scheduler: systemScheduler,
    app: { version: readVersion(appRoot) },
    exports: { resources: exportResources(appRoot), deliver: async () => ({ link: null, saved: false }) },
    report: (thrown: unknown) => io.err(`${String(thrown)}\n`),
  };
  let isCancelled = false;
  void untilSignal().then(() => {
    isCancelled = true;
  });
  const made = await makeExport(
    exportDeps(options, desk.core, () => null),
    ids.next(),
    request,
    wanted.out,
    {
      isCancelled: () => isCancelled,
      onProgress: (done, total) => progress.report(`${formatCount(done)} of ${formatCount(total)}`),
    },
  );
  progress.done();
  if (!made.ok) throw failure(made.error.type);
  await ask(desk, 'sync.now', {});
  await untilSent(desk);
  const rows = new Map(made.value.counts.map(({ id, rows: count }) => [id, count]));
  io.out(
    `${wanted.out}: ${plural(rows.get('userChats') ?? 0, 'conversation')}, ${plural(rows.get('cycles') ?? 0, 'cycle')}, ${formatCount(made.value.csat.answered)} of ${plural(made.value.csat.sent, 'survey')} answered; SHA-256 of the cells ${made.value.digest}\n`,
  );
  return EXIT.complete;
}

function checkFolder(out: string): void {
  const folder = path.dirname(path.resolve(out));
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw usageError(`there is no folder ${folder}`);
}

export const exportCsatCommand: Command = {
  name: 'export csat',
  arguments: '--out FILE',
  summary: 'write conversations with their CSAT, timings and fields into a workbook, in any shipped language',
  options: {
    data: DATA_OPTION,
    out: { type: 'string', value: 'FILE', help: 'the file to write; an existing one is replaced' },
    languages: { type: 'string', value: 'TAGS', help: 'one or two languages, as ko,sv' },
    from: { type: 'string', value: 'DAY', help: 'first day, as 2026-06-01' },
    to: { type: 'string', value: 'DAY', help: 'last day, included' },
    by: {
      type: 'string',
      value: 'WHAT',
      help: 'which day counts: started or closed (of the conversation), or asked (its survey went out)',
      default: 'started',
    },
    zone: { type: 'string', value: 'ZONE', help: 'time zone of days and times, as Asia/Seoul' },
    format: {
      type: 'string',
      value: 'FORMAT',
      help: 'xlsx, csv (a file for each table beside FILE, or one .zip) or jsonl; else by the ending of FILE',
    },
    'with-messages': { type: 'boolean', help: 'also every message' },
    reason: { type: 'string', value: 'TEXT', help: 'why; kept in the audit log', default: COMMAND_LINE },
  },
  run: async (call, context) => {
    const wanted = wantedExport(call, Object.keys(exportResources(context.appRoot)));
    checkFolder(wanted.out);
    return withDesk(call, context.io, (desk) => exportInto(desk, wanted, context));
  },
};
