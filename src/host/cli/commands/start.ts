import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadAssets } from '../../browser/assets.ts';
import { connectEmbeddedByHttp, connectRemote } from '../../browser/connect-http.ts';
import { type DeskServer, startDeskServer } from '../../browser/desk-server.ts';
import { createDownloads, type Downloads } from '../../browser/downloads.ts';
import { openBrowser } from '../../browser/open-browser.ts';
import { dataDirPaths } from '../../data-dir.ts';
import { type Engine, type EngineOptions, startEngine } from '../../engine.ts';
import { exportResources } from '../../locales.ts';
import { wsPort } from '../../rpc/ports.ts';
import { newSecret } from '../../system.ts';
import { readVersion } from '../../version.ts';
import { bugReporter } from '../bug-report.ts';
import {
  type Call,
  type Command,
  type CommandContext,
  DATA_OPTION,
  dataOption,
  flagOption,
  portOption,
  textOption,
} from '../command.ts';
import { dataError } from '../explain.ts';
import { EXIT, usageError } from '../io.ts';
import { untilSignal } from '../until-signal.ts';
import { sampleDirOf } from './sample.ts';

type Report = EngineOptions['report'];

function workspaceOf(call: Call, { io }: CommandContext, report: Report): EngineOptions['workspace'] {
  const url = textOption(call, 'workspace');
  const tokenFile = textOption(call, 'token-file');
  if (url === undefined && tokenFile === undefined) {
    const told = (origin: string): void => io.err(`The workspace takes events at ${origin}/ingest\n`);
    return {
      kind: 'embedded',
      connect: connectEmbeddedByHttp(report, portOption(call, 'workspace-port', 0), told),
    };
  }
  if (url === undefined || tokenFile === undefined)
    throw usageError('--workspace and --token-file go together');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw usageError(`--workspace takes an address, not "${url}"`);
  return { kind: 'remote', connect: () => connectRemote(new URL(url).origin, tokenFile) };
}

async function serveBrowser(
  call: Call,
  { appRoot }: CommandContext,
  engine: Engine,
  downloads: Downloads,
): Promise<DeskServer> {
  const folder = path.join(appRoot, 'out', 'web');
  if (!existsSync(path.join(folder, 'index.html')))
    throw usageError('the screens are not built yet; npm start builds them');
  return startDeskServer({
    port: portOption(call, 'port', 0),
    assets: await loadAssets(folder),
    newSecret,
    downloads,
    onSocket: (socket) => engine.serve(wsPort(socket)),
  });
}

async function start(call: Call, context: CommandContext): Promise<void> {
  const { io } = context;
  const report = bugReporter(io);
  const downloads = createDownloads(newSecret);
  const engine = await startEngine({
    paths: dataDirPaths(dataOption(call)),
    version: readVersion(context.appRoot),
    sampleDir: sampleDirOf(context.appRoot),
    workspace: workspaceOf(call, context, report),
    exports: {
      resources: exportResources(context.appRoot),
      deliver: async (file) => ({ link: downloads.offer(file), saved: false }),
    },
    report,
  });
  if (!engine.ok) throw dataError(engine.error);
  try {
    const server = await serveBrowser(call, context, engine.value, downloads);
    if (engine.value.setAside !== null)
      io.err(`A damaged replica was set aside as ${engine.value.setAside} and is built again.\n`);
    io.out(`Handoff is ready: ${server.address}\n`);
    if (!flagOption(call, 'no-open')) openBrowser(server.address);
    await untilSignal();
    await server.close();
  } finally {
    await engine.value.close();
  }
}

export const startCommand: Command = {
  name: 'start',
  arguments: '',
  summary: 'serve the app to a browser on this computer',
  options: {
    data: DATA_OPTION,
    host: { type: 'string', value: 'browser', help: 'how to show the app', default: 'browser' },
    port: { type: 'string', value: 'N', help: 'port of the screens; 0 takes a free one', default: '0' },
    'workspace-port': {
      type: 'string',
      value: 'N',
      help: 'port of the embedded workspace; 0 takes a free one',
      default: '0',
    },
    workspace: { type: 'string', value: 'URL', help: 'a workspace elsewhere, instead of the embedded one' },
    'token-file': { type: 'string', value: 'FILE', help: 'the token of this desk, for --workspace' },
    'no-open': { type: 'boolean', help: 'do not open a browser' },
  },
  run: async (call, context) => {
    const host = textOption(call, 'host') ?? 'browser';
    if (host !== 'browser') throw usageError(`--host takes browser here, not "${host}"`);
    await start(call, context);
    return EXIT.complete;
  },
};
