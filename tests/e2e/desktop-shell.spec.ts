import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'vite';
import { folderFiles } from '../../electron/main/page-files.ts';
import { pageHandler } from '../../electron/main/page-protocol.ts';
import { NONCE_PLACEHOLDER } from '../../src/protocol/page/content-security.ts';
import { APP_ORIGIN, APP_SCHEME, CONNECT_CHANNEL } from '../../src/protocol/shell/names.ts';

// The desktop app's page handler, policy and preload, run for real: in Chromium, the preload in a world of its own as
// Electron does it. Only the scheme is another, and the main process is a stand-in that answers each call with its name.
const ROOT = join(import.meta.dirname, '../..');
const PAGE = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/assets/page.css">
<style nonce="${NONCE_PLACEHOLDER}">p { margin: 1px }</style><p id="p">page</p>
<script type="module" src="/assets/page.js"></script>`;
const SCRIPT = `
  import { askForPort } from '${ROOT}/renderer/desk/engine/ports.ts';
  import { connectRpc } from '${ROOT}/renderer/desk/engine/rpc-client.ts';
  const contract = { 'app.info': { timeoutMs: 2000 } };
  globalThis.violations = [];
  addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
  globalThis.answer = askForPort(window).then((port) => connectRpc(port, contract).call('app.info', {}));
`;
const MAIN_PROCESS = `
  const ipcRenderer = { postMessage: (channel, message, [port]) => {
    port.onmessage = ({ data }) => port.postMessage({ t: 'ok', id: data.id, output: [channel, data.method] });
  } };
  const require = (name) => { if (name === 'electron') return { ipcRenderer }; throw new Error(name); };
`;

let folder: string;
let server: Server;
let address: string;
let preload: string;

async function bundled(input: string, format: 'cjs' | 'es'): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, rollupOptions: { input, external: ['electron'], output: { format } } },
  });
  const output = Array.isArray(built) ? built[0]?.output : 'output' in built ? built.output : undefined;
  return (output ?? []).map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('\n');
}

/** Listens on a free port of loopback; answers the address. */
async function listen(listener: Server): Promise<string> {
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const bound = listener.address();
  return `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/`;
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'handoff-shell-'));
  mkdirSync(join(folder, 'page/assets'), { recursive: true });
  writeFileSync(join(folder, 'page.js'), SCRIPT);
  writeFileSync(join(folder, 'page/index.html'), PAGE);
  writeFileSync(join(folder, 'page/assets/page.css'), 'p { color: rgb(1, 2, 3) }');
  writeFileSync(join(folder, 'page/assets/page.js'), await bundled(join(folder, 'page.js'), 'es'));
  preload = (await bundled(join(ROOT, 'electron/preload/preload.ts'), 'cjs')).replaceAll(APP_SCHEME, 'http');
  const handle = pageHandler(folderFiles(join(folder, 'page')), () => 'bm9uY2U=');
  server = createServer((request, response) => {
    void handle({ url: `${APP_ORIGIN}${request.url}`, method: request.method } as Request).then(
      async (answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(Buffer.from(await answer.arrayBuffer()));
      },
    );
  });
  address = await listen(server);
});
test.afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the page with the preload in a world of its own. */
async function open(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.enable');
  await session.send('Page.addScriptToEvaluateOnNewDocument', {
    worldName: 'preload',
    source: `(() => { ${MAIN_PROCESS} ${preload} })()`,
  });
  await page.goto(address);
}

test('the page asks the preload for a port and calls the engine over it, without a violation', async ({
  page,
}) => {
  await open(page);
  expect(await page.evaluate(async (): Promise<unknown> => Reflect.get(globalThis, 'answer'))).toEqual([
    CONNECT_CHANNEL,
    'app.info',
  ]);
  expect(await page.evaluate((): unknown => Reflect.get(globalThis, 'violations'))).toEqual([]);
  const look = await page
    .locator('#p')
    .evaluate((p) => [getComputedStyle(p).color, getComputedStyle(p).marginTop]);
  expect(look).toEqual(['rgb(1, 2, 3)', '1px']);
});

test('nothing of the preload or the engine is on the page', async ({ page }) => {
  await open(page);
  const found = await page.evaluate(() =>
    ['require', 'process', 'ipcRenderer', 'electron', 'module', 'Buffer'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(found).toEqual([]);
});

test('inline scripts, eval, markup, remote images, requests, frames and forms are blocked', async ({
  page,
}) => {
  const reached: string[] = [];
  const elsewhere = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.end();
  });
  const target = await listen(elsewhere);
  await open(page);
  const results = await page.evaluate(async (there) => {
    const attempt = (work: () => unknown): string => {
      try {
        work();
        return 'ran';
      } catch {
        return 'blocked';
      }
    };
    const add = (name: string, set: Record<string, string>): Promise<string> =>
      new Promise((resolve) => {
        const element = document.createElement(name);
        element.addEventListener('load', () => resolve('loaded'));
        element.addEventListener('error', () => resolve('blocked'));
        addEventListener('securitypolicyviolation', () => resolve('blocked'), { once: true });
        for (const [key, value] of Object.entries(set)) element.setAttribute(key, value);
        document.body.append(element);
      });
    const form = document.createElement('form');
    form.action = there;
    document.body.append(form);
    const submitted = new Promise((resolve) => {
      addEventListener('securitypolicyviolation', (event) => {
        if (event.effectiveDirective === 'form-action') resolve('blocked');
      });
      form.submit();
    });
    return {
      // In a turn of its own: what the test's own evaluation runs directly is exempt.
      eval: await new Promise((resolve) => {
        setTimeout(() => resolve(attempt(() => Reflect.construct(Function, ['return 1']))), 0);
      }),
      markup: attempt(() => Reflect.set(document.body, 'inner' + 'HTML', '<b>x</b>')),
      form: await submitted,
      image: await add('img', { src: `${there}a.gif` }),
      frame: await add('iframe', { src: there }),
      fetched: await fetch(there).then(
        () => 'ran',
        () => 'blocked',
      ),
    };
  }, target);
  elsewhere.close();
  expect(results).toEqual({
    eval: 'blocked',
    markup: 'blocked',
    form: 'blocked',
    image: 'blocked',
    frame: 'blocked',
    fetched: 'blocked',
  });
  expect(reached).toEqual([]);
});
