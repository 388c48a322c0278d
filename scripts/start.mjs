// npm start: installs, builds what changed, opens the app. Plain JavaScript for Node 20 (see entry/toolbox.mjs).
import { buildDesktop, buildWeb } from './entry/build.mjs';
import { electronBinary, fetchElectron } from './entry/electron.mjs';
import { become, becomeHost, ensureInstalled, ROOT, say } from './entry/toolbox.mjs';

const HELP = `npm start [-- OPTIONS]

Installs and builds what is needed, then opens Handoff with the sample workspace: the desktop app where there is a
display and Electron, a page in the browser otherwise.

  --host browser      serve a page for the browser, also where the desktop app could run
  --port N            its port; 0 takes a free one
  --no-open           do not open the browser
  --data DIR          where conversations are kept
  --workspace URL     be a desk of the workspace at URL instead of keeping one here
  --token-file F      the file with that desk's token
  --help              this text
`;

const args = process.argv.slice(2);

function optionValue(name) {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at === -1) return undefined;
  return args[at].includes('=') ? args[at].slice(name.length + 1) : args[at + 1];
}

function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Electron's program when the desktop app is wanted and possible here, else undefined. */
function desktop() {
  if (optionValue('--host') !== undefined || args.includes('--no-open') || !hasDisplay()) return undefined;
  return electronBinary() ?? fetchElectron();
}

if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(HELP);
} else {
  ensureInstalled();
  const electron = desktop();
  if (electron !== undefined && (await buildDesktop())) {
    become(electron, [ROOT, ...args], { channel: false });
  } else if (await buildWeb()) {
    becomeHost(['start', ...(optionValue('--host') === undefined ? ['--host', 'browser'] : []), ...args]);
  } else {
    say('The build failed; the lines above say where.');
    process.exitCode = 1;
  }
}
