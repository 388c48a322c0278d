import { type AgentId, asId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { EpochMillis } from '../../base/time.ts';
import { INGEST_LIMIT } from '../../protocol/ingest.ts';
import { PUSH_LIMIT } from '../../protocol/sync.ts';
import { WIRE_VERSION } from '../../protocol/version.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { expandSample, type SampleRead } from './expand-sample.ts';
import type { SampleData } from './scenario-data.ts';

/** The sample is the same everywhere but for its times. */
const SAMPLE_SEED = 20_260_607;

function pieces<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size));
  return result;
}

type SampleCall = readonly [name: string, args: unknown];

/** The surveys that are on, and what was read: no events of a source, but mutations of a desk that is never used again. */
function callsOf(data: SampleData, reads: readonly SampleRead[]): readonly SampleCall[] {
  return [
    ...data.surveys.surveys.map(({ id, survey }): SampleCall => ['survey.save', { id, survey, on: true }]),
    ...reads.map(
      ({ conversationId, readThroughAt }): SampleCall => [
        'conversation.markRead',
        { conversationId, readThroughAt },
      ],
    ),
  ];
}

async function pushCalls(
  workspace: Workspace,
  agentId: AgentId,
  calls: readonly SampleCall[],
  now: EpochMillis,
): Promise<void> {
  const desk = must(await workspace.deskOf(agentId), `the sample's agent ${agentId}`);
  let mid = 0;
  for (const part of pieces(calls, PUSH_LIMIT)) {
    const mutations = part.map(([name, args]) => {
      mid += 1;
      return { mid, name, args, madeAt: now };
    });
    const pushed = await workspace.push(desk, {
      version: WIRE_VERSION,
      clientId: `sample-${agentId}`,
      mutations,
    });
    const refused = pushed.ok ? pushed.value.outcomes.find(({ status }) => status === 'refused') : undefined;
    if (!pushed.ok || refused !== undefined)
      throw new Error(`invariant broken: the sample's calls were not taken (${refused?.code ?? ''})`);
  }
}

/** Fills a new workspace with the sample as of `now`, and answers who works in it. Throws when the sample does not fit. */
export async function createSample(
  workspace: Workspace,
  data: SampleData,
  now: EpochMillis,
): Promise<AgentId> {
  const sample = expandSample(data, { now, seed: SAMPLE_SEED });
  for (const { id, name, role } of sample.agents) {
    const added = await workspace.addAgent({ id: asId<'AgentId'>(id), name, role });
    if (!added.ok)
      throw new Error(`invariant broken: the sample's agent ${id} was not taken (${added.error.type})`);
  }
  const settings = await workspace.importSettings(data.settings);
  if (!settings.ok)
    throw new Error(
      `invariant broken: the sample's settings were not taken: ${settings.error.problems[0]?.path}`,
    );
  for (const events of pieces(sample.events, INGEST_LIMIT)) {
    const taken = await workspace.ingest('sample', { events });
    const problem = taken.ok ? taken.value.rejected[0]?.message : taken.error.type;
    if (problem !== undefined)
      throw new Error(`invariant broken: the sample was not taken whole: ${problem}`);
  }
  const me = asId<'AgentId'>(must(sample.agents[0], 'the local user of the sample').id);
  await pushCalls(workspace, me, callsOf(data, sample.reads), now);
  return me;
}
