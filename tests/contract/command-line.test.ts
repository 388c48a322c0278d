import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { airlineFile, hasAirlineData } from '../support/airline.ts';
import { runHandoff } from '../support/host-process.ts';
import { tempDir } from '../support/temp-dir.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

const listed = z.array(
  z.object({
    id: z.string(),
    state: z.enum(['open', 'snoozed', 'closed']).nullable(),
    aiOutcome: z.enum(['open', 'resolvedByAi', 'notResolvedByAi', 'closedUnresolved']).nullable(),
    priority: z.enum(['high', 'medium', 'low']).nullable(),
    tags: z.array(z.string()),
    page: z.string().nullable(),
    reason: z.string().nullable(),
    assignee: z.string().nullable(),
    openedAt: z.string(),
  }),
);

const shown = z.object({
  id: z.string(),
  messages: z
    .array(
      z.object({ id: z.string(), at: z.string(), author: z.object({ kind: z.string() }), text: z.string() }),
    )
    .min(2),
  cycles: z.array(z.object({ ordinal: z.number(), openedAt: z.string(), closedAt: z.string().nullable() })),
});

const LONG = 60_000;

describe.skipIf(!hasAirlineData)('the command line on the airline data', () => {
  let data = '';

  beforeAll(async () => {
    data = mkdtempSync(path.join(tmpdir(), 'handoff-cli-'));
    const imported = await runHandoff('import', airlineFile, '--data', data);
    expect(imported.errors).toBe('');
    expect(imported.code).toBe(0);
    expect(imported.output).toContain('200 conversations');
    expect(imported.output).toContain('2,841 messages');
    expect(imported.output).toContain('48 in the inbox');
    return () => rmSync(data, { recursive: true, force: true });
  }, LONG);

  test(
    '[Y13] the same import again adds nothing',
    async () => {
      const again = await runHandoff('import', airlineFile, '--data', data);
      expect(again.code).toBe(0);
      expect(again.output).toContain('0 conversations');
      expect(again.output).toContain('0 messages');
      expect(again.output).toContain('48 in the inbox');
    },
    LONG,
  );

  test(
    '[D2] list --json prints the 48 of the inbox, and nothing else',
    async () => {
      const list = await runHandoff('list', '--json', '--data', data);
      expect(list.code).toBe(0);
      const rows = listed.parse(JSON.parse(list.output));
      expect(rows).toHaveLength(48);
      expect(
        rows.every(
          (row) => row.state === 'open' && row.aiOutcome === 'notResolvedByAi' && row.reason !== null,
        ),
      ).toBe(true);
      expect(new Set(rows.map((row) => row.id)).size).toBe(48);
    },
    LONG,
  );

  test(
    '[C1] show --json prints one conversation with messages and cycles',
    async () => {
      const show = await runHandoff('show', 'air-18-1', '--json', '--data', data);
      expect(show.code).toBe(0);
      const one = shown.parse(JSON.parse(show.output));
      expect(one.id).toBe('air-18-1');
      expect(one.messages).toHaveLength(11);
      expect(one.cycles).toEqual([expect.objectContaining({ ordinal: 1, closedAt: null })]);
      const missing = await runHandoff('show', 'no-such', '--json', '--data', data);
      expect(missing.code).toBe(1);
      expect(missing.output).toBe('');
      expect(missing.errors).toContain('no-such');
    },
    LONG,
  );

  test(
    '[D1] doctor finds the replica equal to the workspace',
    async () => {
      const doctor = await runHandoff('doctor', '--data', data);
      expect(doctor.errors).toBe('');
      expect(doctor.code).toBe(0);
    },
    LONG,
  );
});

describe.skipIf(!hasAirlineData)('a damaged file of airline data', () => {
  test(
    '[Y13] the good lines go in, each bad one is named, and the exit code is 1',
    async () => {
      const folder = tempDir();
      const file = path.join(folder, 'events.ndjson');
      copyFileSync(airlineFile, file);
      const lines = readFileSync(file, 'utf8').split('\n');
      lines.splice(10, 0, '{"id": "broken"');
      lines.splice(
        20,
        0,
        '{"id":"x-1","type":"message.posted","at":"yesterday","conversationId":"air-18-1","messageId":"m","author":{"kind":"customer"},"text":"hi"}',
      );
      writeFileSync(file, lines.join('\n'));
      appendFileSync(file, '\n{"id":"x-2","type":"conversation.vanished","at":0,"conversationId":"c"}\n');
      const imported = await runHandoff('import', file, '--data', path.join(folder, 'data'));
      expect(imported.code).toBe(1);
      expect(imported.errors).toMatch(/^line 11: not JSON/m);
      expect(imported.errors).toMatch(/^line 21: at: /m);
      expect(imported.errors).toMatch(/^line 3142: type: /m);
      expect(imported.output).toContain('2,841 messages');
      expect(imported.output).toContain('48 in the inbox');
    },
    LONG,
  );
});

describe('the command line without data', () => {
  test(
    'a file that is not there is a usage error naming it',
    async () => {
      const missing = await runHandoff('import', '/no/such/file.ndjson', '--data', tempDir());
      expect(missing.code).toBe(2);
      expect(missing.errors).toContain('/no/such/file.ndjson');
    },
    LONG,
  );

  test(
    'reading commands do not make a workspace where there is none',
    async () => {
      const list = await runHandoff('list', '--json', '--data', path.join(tempDir(), 'nothing'));
      expect(list.code).toBe(2);
      expect(list.output).toBe('');
    },
    LONG,
  );

  test(
    'agents add prints the token of the new desk on stdout, once',
    async () => {
      const data = tempDir();
      const first = await runHandoff('agents', 'add', 'Mina Holm', '--data', data);
      const second = await runHandoff('agents', 'add', 'Jon Park', '--data', data);
      expect(first.code).toBe(0);
      expect(first.output.trim()).toMatch(/^[\w-]{20,}$/);
      expect(second.output).not.toBe(first.output);
      expect((await runHandoff('agents', 'add', '--data', data)).code).toBe(2);
    },
    LONG,
  );
});
