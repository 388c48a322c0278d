import { type AgentId, asId } from '../base/ids.ts';
import { must } from '../base/must.ts';
import { ok, type Result } from '../base/result.ts';
import { uuidV7Source } from '../base/uuid.ts';
import { createListService } from '../desk/lists/list-service.ts';
import { type Desk, type DeskOptions, openDesk } from '../desk/open-desk.ts';
import { saysDamage } from './engine-failure.ts';
import type { EngineError, EngineOptions, Machine, WorkspaceLink } from './engine.ts';
import type { EmbeddedData } from './prepare-data.ts';
import { systemScheduler } from './scheduler.ts';
import { systemClock, systemNetwork, systemRng } from './system.ts';
import { lineLog } from './workspace/open-workspace.ts';

/** What runs behind the screens. */
export interface Running {
  readonly desk: Desk;
  readonly link: WorkspaceLink;
  readonly data: EmbeddedData | null;
}

/** What a desk asks of the engine around it. */
export interface Around {
  readonly resetSample: () => Promise<void>;
  /** Something was thrown that says that a file is damaged. */
  readonly onDamage: () => void;
}

const THIS_COMPUTER: Machine = {
  clock: systemClock,
  rng: systemRng,
  scheduler: systemScheduler,
  network: systemNetwork,
};

/** What the workspace tells its operator goes to the log. */
export function engineLog(options: EngineOptions) {
  return lineLog((line) => options.report(line, 'workspace'));
}

async function connect(
  options: EngineOptions,
  agentId: AgentId | null,
): Promise<Result<WorkspaceLink, EngineError>> {
  const { workspace, paths } = options;
  if (workspace.kind === 'remote') return workspace.connect();
  return workspace.connect(paths.workspace, must(agentId, 'the agent of an embedded workspace'));
}

/** Connects to the workspace and opens the desk over it; what is opened is closed again where the rest fails. */
export async function openRunning(
  options: EngineOptions,
  data: EmbeddedData | null,
  around: Around,
  again: Pick<DeskOptions, 'examine' | 'earlierExports' | 'offline'> = {},
): Promise<Result<Running, EngineError>> {
  const agentId = data === null ? null : asId<'AgentId'>(data.config.agentId);
  const connected = await connect(options, agentId);
  if (!connected.ok) return connected;
  const link = connected.value;
  const machine = options.machine ?? THIS_COMPUTER;
  const desk = openDesk({
    dir: options.paths.desk,
    transport: link.transport,
    ...machine,
    ids: uuidV7Source(machine.clock, machine.rng),
    agentId,
    ...(options.exports === undefined ? {} : { exports: options.exports }),
    lists: createListService,
    app: {
      version: options.version,
      workspace: options.workspace.kind,
      sample: data?.config.sample ?? false,
    },
    resetSample: around.resetSample,
    ...again,
    report: (thrown) => {
      options.report(thrown, 'sync');
      if (saysDamage(thrown)) around.onDamage();
    },
  });
  if (desk.ok) {
    sayWhatWasDamaged(desk.value, options);
    return ok({ desk: desk.value, link, data });
  }
  await link.close();
  return desk;
}

/** Damage that was mended is written down: where the damaged file lies, and what came out of it. */
function sayWhatWasDamaged({ setAside, salvage }: Desk, { report }: EngineOptions): void {
  if (setAside !== null) report(`replica ${setAside.reason}: set aside as ${setAside.path}`, 'damage');
  if (salvage !== null) report(`outbox damaged: ${JSON.stringify(salvage)}`, 'damage');
}
