import { onTestFinished } from 'vitest';
import type { AgentId } from '../../../src/base/ids.ts';
import type { ServerOptions } from '../../../src/workspace/server/options.ts';
import { createWorkspaceServer, type WorkspaceServer } from '../../../src/workspace/server/server.ts';
import { type House, openHouse } from './house.ts';

export const HOST = 'workspace.test';

/** A workspace behind its server, with a desk's and a source's token. */
export interface Served {
  readonly house: House;
  readonly server: WorkspaceServer;
  readonly deskToken: string;
  readonly agentId: AgentId;
  readonly sourceToken: string;
}

export async function serve(options: Partial<ServerOptions> = {}): Promise<Served> {
  const house = await openHouse();
  const agent = await house.workspace.addAgent({ name: 'Mina', role: 'agent' });
  const source = await house.workspace.addSource('shop');
  if (!agent.ok || !source.ok) throw new Error('not added');
  const server = await createWorkspaceServer(house.workspace, {
    log: (event) => house.log.push(event),
    hosts: [HOST],
    ...options,
  });
  onTestFinished(() => server.close());
  const { token: deskToken, agentId } = agent.value;
  return { house, server, deskToken, agentId, sourceToken: source.value.token };
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS' | 'HEAD';
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks without a socket; a body that is no text goes as JSON. */
export async function ask(server: WorkspaceServer, asked: Asked) {
  const { method = 'POST', path, token, body, headers } = asked;
  const answer = await server.app.inject({
    method,
    url: path,
    headers: {
      host: HOST,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return answer;
}
