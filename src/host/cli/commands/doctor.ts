import { must } from '../../../base/must.ts';
import type { Desk } from '../../../desk/open-desk.ts';
import { compareReplica, type Difference } from '../../../desk/replica/compare.ts';
import { BOOTSTRAP_LIMIT, type BootstrapPosition, type SyncTransport } from '../../../protocol/sync.ts';
import { WIRE_VERSION } from '../../../protocol/version.ts';
import { type Call, type Command, DATA_OPTION } from '../command.ts';
import { checkFiles, checkSettings, type Finding } from '../doctor-files.ts';
import { createProgress, EXIT, type ExitCode, formatCount, type Io, plural, type Progress } from '../io.ts';
import { type HeldWorkspace, isDeskAlone, withDesk, withDeskAlone } from '../with-data.ts';

function differenceFinding({ table, key, kind }: Difference): Finding {
  if (kind === 'count')
    return { where: 'replica', what: `${table}: the number of rows differs from the workspace` };
  return {
    where: 'replica',
    what: `${table} ${JSON.stringify(key)}: ${kind === 'missing' ? 'is missing' : 'differs'}`,
  };
}

async function compareWithWorkspace(
  desk: Desk,
  transport: SyncTransport,
  progress: Progress,
): Promise<Difference[]> {
  const comparison = compareReplica(desk.core.replica.db);
  let position: BootstrapPosition | null = null;
  do {
    const request = { version: WIRE_VERSION, clientId: desk.core.clientId, position, limit: BOOTSTRAP_LIMIT };
    const page = await transport.bootstrap(request);
    if (!page.ok) throw new Error(`the workspace did not answer: ${page.error.type}`);
    comparison.add(page.value.tables);
    progress.report(
      `${formatCount(comparison.compared)} of ${formatCount(page.value.totalRows)} rows compared`,
    );
    position = page.value.next;
  } while (position !== null);
  progress.done();
  return [...comparison.finish()];
}

async function examine(
  desk: Desk,
  { workspace, agentId }: HeldWorkspace,
  io: Io,
): Promise<readonly Finding[]> {
  const progress = createProgress(io);
  const transport = must(await workspace.transportFor(agentId), 'the transport of the local agent');
  const report = await workspace.check();
  const files = checkFiles(desk, progress);
  const damage = report.damage.map(({ type, place }) => ({
    where: 'workspace.db',
    what: `${type} ${place}`,
  }));
  if (!files.isReadable) return [...damage, ...files.findings];
  const differences = await compareWithWorkspace(desk, transport, progress);
  return [...damage, ...files.findings, ...checkSettings(desk), ...differences.map(differenceFinding)];
}

function conclude(io: Io, findings: readonly Finding[], looked: string, sound: string): ExitCode {
  for (const { where, what } of findings) io.out(`${where}: ${what}\n`);
  io.out(`${looked}: ${findings.length === 0 ? sound : plural(findings.length, 'finding')}\n`);
  return findings.length === 0 ? EXIT.complete : EXIT.partial;
}

/** Beside its workspace: the two are held against each other. */
function examineBoth(call: Call, io: Io): Promise<ExitCode> {
  return withDesk(call, io, async (desk, held) => {
    const findings = await examine(desk, held, io);
    const { conversations, messages } = await held.workspace.totals();
    const looked = `${plural(conversations, 'conversation')}, ${plural(messages, 'message')}`;
    return conclude(io, findings, looked, 'everything agrees');
  });
}

/** The desk of a workspace elsewhere, by itself; nothing is sent or asked for. */
function examineAlone(call: Call, io: Io): Promise<ExitCode> {
  return withDeskAlone(call, io, async (desk) => {
    const { findings, isReadable, rows } = checkFiles(desk, createProgress(io));
    const all = isReadable ? [...findings, ...checkSettings(desk)] : findings;
    const waiting = plural(desk.status().pending, 'change');
    io.out(
      'The workspace of this desk is elsewhere: its copy is checked by itself, not against the workspace.\n',
    );
    return conclude(io, all, `${plural(rows, 'row')}, ${waiting} to be sent`, 'nothing is damaged');
  });
}

export const doctorCommand: Command = {
  name: 'doctor',
  arguments: '',
  summary: 'check the files and every row in them, and the replica against the workspace',
  options: { data: DATA_OPTION },
  run: (call, { io }) => (isDeskAlone(call) ? examineAlone(call, io) : examineBoth(call, io)),
};
