import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { folderFiles } from '../../../electron/main/page-files.ts';
import { isOwnPage, pageHandler } from '../../../electron/main/page-protocol.ts';
import { assetPathOf } from '../../../src/protocol/page/asset-path.ts';
import { NONCE_PLACEHOLDER } from '../../../src/protocol/page/content-security.ts';

const SECRET = 'must stay inside';
let handle: (request: Request) => Promise<Response>;
let root: string;

/** A request as a page makes it; `Request` itself refuses schemes with credentials and the like, the handler must not care. */
function requestOf(url: string, method = 'GET'): Request {
  return { url, method } as Request;
}

async function textAt(url: string): Promise<string | number> {
  const response = await handle(requestOf(url));
  return response.status === 200 ? response.text() : response.status;
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'handoff-page-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const page = join(root, 'renderer');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(
    join(page, 'index.html'),
    `<meta nonce="${NONCE_PLACEHOLDER}"><p nonce=${NONCE_PLACEHOLDER}>page`,
  );
  writeFileSync(join(page, 'assets/index-3f2a_B-1.js'), 'script');
  writeFileSync(join(page, 'assets/index.js.map'), SECRET);
  writeFileSync(join(page, '.hidden.js'), SECRET);
  writeFileSync(join(root, 'secret.js'), SECRET);
  mkdirSync(join(root, 'renderer-other'));
  writeFileSync(join(root, 'renderer-other/a.js'), SECRET);
  symlinkSync(join(root, 'secret.js'), join(page, 'assets/link.js'));
  symlinkSync(root, join(page, 'up'));
  symlinkSync(join(root, 'renderer-other'), join(page, 'other'));
  let pages = 0;
  handle = pageHandler(folderFiles(page), () => {
    pages += 1;
    return `nonce${pages}`;
  });
});

describe("the page's own scheme", () => {
  test('answers the page with a policy whose nonce is fresh and stands in the page', async () => {
    for (const [index, url] of ['handoff-app://desk/', 'handoff-app://desk/index.html'].entries()) {
      const response = await handle(requestOf(url));
      const nonce = `nonce${index + 1}`;
      expect(await response.text()).toBe(`<meta nonce="${nonce}"><p nonce=${nonce}>page`);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('answers scripts with their type, never to be guessed', async () => {
    const response = await handle(requestOf('handoff-app://desk/assets/index-3f2a_B-1.js?v=1'));
    expect(await response.text()).toBe('script');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
    const response = await handle(requestOf('handoff-app://desk/', method));
    expect(response.status).toBe(405);
  });

  test.each([
    'handoff-app://desk/../secret.js',
    'handoff-app://desk/assets/../../secret.js',
    'handoff-app://desk/..%2fsecret.js',
    'handoff-app://desk/%2e%2e/secret.js',
    'handoff-app://desk/%2e%2e%2fsecret.js',
    'handoff-app://desk/.%2e/secret.js',
    'handoff-app://desk/..%5csecret.js',
    'handoff-app://desk/..\\secret.js',
    'handoff-app://desk/assets\\..\\..\\secret.js',
    'handoff-app://desk/%252e%252e/secret.js',
    'handoff-app://desk/..;/secret.js',
    'handoff-app://desk//secret.js',
    'handoff-app://desk/../renderer-other/a.js',
    'handoff-app://desk/assets/index-3f2a_B-1.js%00.png',
    'handoff-app://desk/assets/index-3f2a_B-1\u0000.js',
    'handoff-app://desk/assets/link.js',
    'handoff-app://desk/up/secret.js',
    'handoff-app://desk/other/a.js',
    'handoff-app://desk/assets/index.js.map',
    'handoff-app://desk/.hidden.js',
    'handoff-app://desk/assets/',
    'handoff-app://desk/assets',
    'handoff-app://desk/nothing.js',
    'handoff-app://desk/C:/Windows/win.ini',
    'handoff-app://evil/index.html',
    'handoff-app://desk.evil/index.html',
    'handoff-app://user:pass@desk/index.html',
    'file:///etc/passwd',
    'not a url',
    '',
  ])('%j reaches nothing', async (url) => {
    expect(await textAt(url)).toBe(404);
  });

  test('whatever the path, nothing outside the folder is answered', async () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2E',
      '%2f',
      '%5c',
      '\\',
      '/',
      '\u0000',
      'up',
      'assets',
      'secret.js',
      'link.js',
      'renderer-other',
      'a.js',
      ';',
      '?',
      '#',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 10 }), async (pieces) => {
        expect(await textAt(`handoff-app://desk/${pieces.join('')}`)).not.toBe(SECRET);
        expect(await textAt(`handoff-app://desk/${pieces.join('/')}`)).not.toBe(SECRET);
      }),
      { numRuns: 500, seed: 20_261_121 },
    );
  });

  test('a path that names a file is made of plain names only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const path = assetPathOf(`/${text}`);
        if (path === null) return;
        expect(path.split('/').every((name) => /^[\w-][\w.-]*$/.test(name))).toBe(true);
      }),
      { numRuns: 2_000, seed: 20_261_121 },
    );
    expect(assetPathOf('assets/index.js')).toBeNull();
  });
});

test.each([
  ['handoff-app://desk/', true],
  ['handoff-app://desk/index.html#/c/1', true],
  ['handoff-app://desk', false],
  ['handoff-app://desk/other.html', false],
  ['handoff-app://desk:1/', false],
  ['handoff-app://desk.evil/', false],
  ['https://desk/', false],
  ['', false],
])('is %s the own page: %s', (address, expected) => {
  expect(isOwnPage(address)).toBe(expected);
});
