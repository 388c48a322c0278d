import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const OUT = join(import.meta.dirname, '../../out');
const hasDesktop = existsSync(join(OUT, 'desktop.stamp'));
const hasWeb = existsSync(join(OUT, 'web.stamp'));
if (!hasDesktop) console.log('Skipped: there is no build for the desktop; npm test makes it.');
if (!hasWeb) console.log('Skipped: there is no build for the browser; npm test makes it.');

function read(path: string): string {
  return readFileSync(join(OUT, path), 'utf8');
}

/** What a built module asks for at run time. */
function imported(path: string): string[] {
  const text = read(path);
  const found = [
    ...text.matchAll(/^(?:import|export)\b[^'"`;]*?\bfrom\s*["']([^"']+)["']/gm),
    ...text.matchAll(/^import\s*["']([^"']+)["']/gm),
    ...text.matchAll(/\b(?:require|import)\(\s*["']([^"']+)["']\s*\)/g),
  ];
  return [...new Set(found.map((match) => match[1] ?? ''))];
}

describe.skipIf(!hasDesktop)('the build for the desktop', () => {
  test('the preload is one CommonJS file that asks for electron alone', () => {
    expect(globSync('preload/**/*.*', { cwd: OUT })).toEqual([join('preload', 'preload.cjs')]);
    expect(imported('preload/preload.cjs')).toEqual(['electron']);
  });

  test('main and engine ask for nothing that is not in the package', () => {
    const asked = globSync('main/**/*.js', { cwd: OUT }).flatMap(imported);
    const outside = asked.filter((name) => !name.startsWith('.') && !name.startsWith('node:'));
    expect([...new Set(outside)].filter((name) => name !== 'electron' && name !== 'better-sqlite3')).toEqual(
      [],
    );
  });

  test('no server is in the engine', () => {
    const engine = globSync('main/**/*.js', { cwd: OUT }).map(read).join('\n');
    expect(engine).not.toMatch(/node_modules\/(?:@?fastify|pg)\//);
    expect(engine).not.toMatch(/new WebSocketServer\b|\.listen\(\{/);
  });
});

describe.each([
  { name: 'the page for the browser', folder: 'web', isThere: hasWeb },
  { name: 'the page for the desktop', folder: 'renderer', isThere: hasDesktop },
])('$name', ({ folder, isThere }) => {
  test.skipIf(!isThere)('has no inline script or style and asks only for its own files', () => {
    const page = read(`${folder}/index.html`);
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
    for (const [, address = ''] of page.matchAll(/\b(?:src|href)="([^"]*)"/g)) {
      expect(address).toMatch(/^(?:\.?\/)?(?:assets\/|[\w-]+\.(?:svg|png|ico|webmanifest))/);
    }
  });

  test.skipIf(!isThere)('is minified and carries no source', () => {
    const scripts = globSync(`${folder}/assets/*.js`, { cwd: OUT });
    expect(scripts.length).toBeGreaterThan(0);
    for (const path of scripts) expect(read(path)).not.toMatch(/sourceMappingURL|\n\/\/ (?:src|renderer)\//);
  });
});
