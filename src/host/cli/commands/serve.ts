import { createWorkspaceServer } from '../../../workspace/server/server.ts';
import { lineLog } from '../../workspace/open-workspace.ts';
import { sweepEveryMinute } from '../../workspace/minute-sweep.ts';
import { bugReporter } from '../bug-report.ts';
import { type Command, DATA_OPTION, portOption, textOption } from '../command.ts';
import { address } from '../../../mutations/public-address.ts';
import { messengerPages } from '../../messenger/pages.ts';
import { EXIT, usageError } from '../io.ts';
import { untilSignal } from '../until-signal.ts';
import { withWorkspace } from '../with-data.ts';

const DEFAULT_PORT = 4710;

/** Where customers open their pages: what was said, else the name behind a proxy, else where it listens for others. */
function customersReach(
  said: string | undefined,
  publicHost: string | undefined,
  origin: string,
): string | null {
  if (said !== undefined) {
    const checked = address.safeParse(said);
    if (!checked.success)
      throw usageError(`--public-address takes an address such as https://care.example.com`);
    return checked.data;
  }
  if (publicHost !== undefined) return `https://${publicHost.toLowerCase()}`;
  // "Every address of this machine" is none that a customer could open.
  return /^http:\/\/(0\.0\.0\.0|\[::\])(:|$)/.test(origin) ? null : origin;
}

export const serveCommand: Command = {
  name: 'serve',
  arguments: '',
  summary: 'serve the workspace alone, for desks and sources elsewhere',
  options: {
    data: DATA_OPTION,
    address: { type: 'string', value: 'IP', help: 'address to listen on', default: '127.0.0.1' },
    port: {
      type: 'string',
      value: 'N',
      help: 'port to listen on; 0 takes a free one',
      default: String(DEFAULT_PORT),
    },
    'public-host': {
      type: 'string',
      value: 'HOST[:PORT]',
      help: 'name under which desks reach it through a proxy',
    },
    'public-address': {
      type: 'string',
      value: 'URL',
      help: 'where customers open survey pages, https://care.example.com',
    },
  },
  run: async (call, { io }) =>
    withWorkspace(call, io, true, async ({ workspace }) => {
      const report = bugReporter(io);
      const publicHost = textOption(call, 'public-host');
      const server = await createWorkspaceServer(workspace, {
        log: lineLog((line) => report(line, 'workspace')),
        pages: messengerPages(),
        ...(publicHost === undefined ? {} : { hosts: [publicHost.toLowerCase()] }),
      });
      const where = {
        host: textOption(call, 'address') ?? '127.0.0.1',
        port: portOption(call, 'port', DEFAULT_PORT),
      };
      const { origin } = await server.listen(where);
      await workspace.listensAt(customersReach(textOption(call, 'public-address'), publicHost, origin));
      const stopSweeping = sweepEveryMinute(workspace, (thrown) => report(thrown, 'sweep'));
      io.out(`The workspace is ready: ${origin}\n`);
      await untilSignal();
      stopSweeping();
      await server.close();
      return EXIT.complete;
    }),
};
