import type { Role } from '../../../domain/model.ts';
import { type Call, type Command, DATA_OPTION, textOption } from '../command.ts';
import { EXIT, usageError } from '../io.ts';
import { withWorkspace } from '../with-data.ts';

const ROLES: readonly Role[] = ['agent', 'lead', 'admin'];

function roleOption(call: Call): Role {
  const text = textOption(call, 'role') ?? 'agent';
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw usageError(`--role takes one of ${ROLES.join(', ')}, not "${text}"`);
  return role;
}

function nameOf(call: Call, command: string): string {
  const name = call.positionals.join(' ').trim();
  if (name === '') throw usageError(`${command} takes a name`);
  return name;
}

export const agentsAddCommand: Command = {
  name: 'agents add',
  arguments: 'NAME',
  summary: 'add a human agent, and print the token of their desk',
  options: {
    data: DATA_OPTION,
    role: { type: 'string', value: 'ROLE', help: ROLES.join(', '), default: 'agent' },
  },
  run: async (call, { io }) => {
    const name = nameOf(call, 'agents add');
    const role = roleOption(call);
    return withWorkspace(call, io, true, async ({ workspace }) => {
      const added = await workspace.addAgent({ name, role });
      if (!added.ok) throw usageError(`the agent could not be added (${added.error.type})`);
      io.err(`added ${name} (${added.value.agentId}); the token is shown this once:\n`);
      io.out(`${added.value.token}\n`);
      return EXIT.complete;
    });
  },
};

export const sourcesAddCommand: Command = {
  name: 'sources add',
  arguments: 'NAME',
  summary: 'let an AI agent or a shop post events, and print its token',
  options: { data: DATA_OPTION },
  run: async (call, { io }) => {
    const name = nameOf(call, 'sources add');
    return withWorkspace(call, io, true, async ({ workspace }) => {
      const added = await workspace.addSource(name);
      if (!added.ok) throw usageError(`the source could not be added (${added.error.type})`);
      io.err(`${name} may post to /ingest; the token is shown this once:\n`);
      io.out(`${added.value.token}\n`);
      return EXIT.complete;
    });
  },
};
