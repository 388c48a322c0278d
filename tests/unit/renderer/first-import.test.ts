import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

test('a page makes no schema before eval is out of the question: its policy would report the try', async () => {
  const main = readFileSync(join(import.meta.dirname, '../../../renderer/desk/main.tsx'), 'utf8');
  const [first] = main.match(/^import .*$/m) ?? [];
  expect(first).toBe("import '../../src/protocol/schemas-without-eval.ts';");
  await import('../../../src/protocol/schemas-without-eval.ts');
  expect(z.config().jitless).toBe(true);
});
