import { createWorkspaceServer } from '../../../workspace/server/server.ts';
import { lineLog } from '../../workspace/open-workspace.ts';
import { sweepEveryMinute } from '../../workspace/minute-sweep.ts';
import { bugReporter } from '../bug-report.ts';
import { type Command, DATA_OPTION, portOption, textOption } from '../command.ts';
import { EXIT } from '../io.ts';
import { untilSignal } from '../until-signal.ts';
import { withWorkspace } from '../with-data.ts';

const DEFAULT_PORT = 4710;

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
  },
  run: async (call, { io }) =>
    withWorkspace(call, io, true, async ({ workspace }) => {
      const report = bugReporter(io);
      const publicHost = textOption(call, 'public-host');
      const server = await createWorkspaceServer(workspace, {
        log: lineLog((line) => report(line, 'workspace')),
        ...(publicHost === undefined ? {} : { hosts: [publicHost.toLowerCase()] }),
      });
      const where = {
        host: textOption(call, 'address') ?? '127.0.0.1',
        port: portOption(call, 'port', DEFAULT_PORT),
      };
      const { origin } = await server.listen(where);
      const stopSweeping = sweepEveryMinute(workspace, (thrown) => report(thrown, 'sweep'));
      io.out(`The workspace is ready: ${origin}\n`);
      await untilSignal();
      stopSweeping();
      await server.close();
      return EXIT.complete;
    }),
};
