import { must } from '../../../base/must.ts';
import type { Desk } from '../../../desk/open-desk.ts';
import { checkRows, DamagedRows, nameOfRow } from '../../../desk/digests/row-digests.ts';
import { unreadableSettings } from '../../../desk/queries/unreadable-settings.ts';
import { compareReplica, type Difference } from '../../../desk/replica/compare.ts';
import { distrust } from '../../../desk/store/distrust.ts';
import { BOOTSTRAP_LIMIT, type BootstrapPosition, type SyncTransport } from '../../../protocol/sync.ts';
import { WIRE_VERSION } from '../../../protocol/version.ts';
import { integrityCheck } from '../../../sqlite/integrity.ts';
import { type Command, DATA_OPTION } from '../command.ts';
import { createProgress, EXIT, formatCount, type Io, plural, type Progress } from '../io.ts';
import { type HeldWorkspace, withDesk } from '../with-data.ts';

/** One finding, as doctor prints it. */
interface Finding {
  readonly where: string;
  readonly what: string;
}

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

/** Every row against its digest. A damaged one means that the replica is built anew at the next start: marked so at once. */
function checkReplicaRows({ core }: Desk): Finding[] {
  const { db } = core.replica;
  const { damaged } = checkRows(db);
  if (damaged.length === 0) return [];
  distrust(db.path, new DamagedRows(damaged));
  return [
    ...damaged.map((row) => ({ where: 'replica.db', what: `${nameOfRow(row)}: is not what it came as` })),
    {
      where: 'replica.db',
      what: 'is set aside and built again at the next start; what waits to be sent is kept',
    },
  ];
}

function checkSettings({ core }: Desk): Finding[] {
  return unreadableSettings(core.replica.db).map((key) => ({
    where: 'settings',
    what: `${key} cannot be read; the default counts in its place`,
  }));
}

function checkFiles(desk: Desk): Finding[] {
  const { core } = desk;
  return [
    ...integrityCheck(core.replica.db).map((what) => ({ where: 'replica.db', what })),
    ...checkReplicaRows(desk),
    ...core.outbox.damaged.map((mid) => ({ where: 'outbox.db', what: `entry ${mid} is damaged` })),
    ...core.outbox.drafts.damaged.map(({ conversationId, kind }) => ({
      where: 'outbox.db',
      what: `the ${kind === 'note' ? 'note' : 'reply'} drafted in ${conversationId} is damaged`,
    })),
  ];
}

async function examine(desk: Desk, { workspace, agentId }: HeldWorkspace, io: Io): Promise<Finding[]> {
  const progress = createProgress(io);
  const transport = must(await workspace.transportFor(agentId), 'the transport of the local agent');
  const report = await workspace.check();
  const differences = await compareWithWorkspace(desk, transport, progress);
  return [
    ...report.damage.map(({ type, place }) => ({ where: 'workspace.db', what: `${type} ${place}` })),
    ...checkFiles(desk),
    ...checkSettings(desk),
    ...differences.map(differenceFinding),
  ];
}

export const doctorCommand: Command = {
  name: 'doctor',
  arguments: '',
  summary: 'check the files and every row in them, and the replica against the workspace',
  options: { data: DATA_OPTION },
  run: async (call, { io }) =>
    withDesk(call, io, async (desk, held) => {
      const findings = await examine(desk, held, io);
      for (const { where, what } of findings) io.out(`${where}: ${what}\n`);
      const { conversations, messages } = await held.workspace.totals();
      const verdict = findings.length === 0 ? 'everything agrees' : plural(findings.length, 'finding');
      io.out(`${plural(conversations, 'conversation')}, ${plural(messages, 'message')}: ${verdict}\n`);
      return findings.length === 0 ? EXIT.complete : EXIT.partial;
    }),
};
