import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILTIN_FIELDS } from '../../src/domain/fields/builtin.ts';
import { LocalClock } from '../../src/domain/hours/local-clock.ts';
import { dataDirPaths } from '../../src/host/data-dir.ts';
import { openDatabase } from '../../src/sqlite/database.ts';
import { exportFolder, LONG, ZONE } from '../support/export/export-folder.ts';
import { readXlsx } from '../support/export/read-xlsx.ts';
import { readZip } from '../support/export/read-zip.ts';
import { runHandoff, startHost } from '../support/host-process.ts';

let here: Awaited<ReturnType<typeof exportFolder>>;
beforeAll(async () => {
  here = await exportFolder();
}, LONG);
afterAll(() => here.remove());

describe('handoff export csat', () => {
  test(
    '[C12] [C2] writes a workbook in Swedish and Korean with every key, and nothing beside it',
    async () => {
      const [chats, ...others] = readXlsx(here.at('both.xlsx'));
      expect(chats?.name).toBe('Konversationer · 대화 데이터');
      expect(others.map(({ name }) => name)).toEqual([
        'Omgångar · 주기',
        'Meddelanden · 메시지 데이터',
        'CSAT-översikt · CSAT 요약',
        'Om exporten · 내보내기 정보',
      ]);
      const keys = chats?.rows[1] ?? [];
      for (const { key } of BUILTIN_FIELDS) expect(keys).toContain(key);
      expect(keys).toEqual(
        expect.arrayContaining(['profile.csat', 'profile.csatComment', 'csat.scale', 'csat.answeredAt']),
      );
      expect(chats?.rows[0]?.[keys.indexOf('priority')]).toBe('Prioritet / 우선순위');
      expect(readdirSync(here.folder).filter((name) => name.includes('.part'))).toEqual([]);
      expect(here.progress).toContain(' of ');
    },
    LONG,
  );

  test(
    '[C12] About says who, why, when, which zone, and totals that equal the database’s',
    async () => {
      const sheets = readXlsx(here.at('both.xlsx'));
      const about = new Map(
        sheets
          .at(-1)
          ?.rows.slice(2)
          .map((row) => [String(row[0]), row]),
      );
      const number = (key: string): unknown => about.get(key)?.[3];
      const count = (sql: string): number => here.withDesk((db) => db.pluck<number>(sql)) ?? 0;
      expect(about.get('zone')?.[2]).toBe(ZONE);
      expect(about.get('reason')?.[2]).toBe('Kvartalsgranskning');
      expect(about.get('exportedBy')?.[2]).toBe('Linnea Okafor');
      expect(about.get('policy')?.[2]).toBe('handoff 1');
      expect(number('rows.userChats')).toBe(count('SELECT count(*) FROM conversation'));
      expect(number('rows.cycles')).toBe(count('SELECT count(*) FROM cycle'));
      expect(number('rows.messages')).toBe(count('SELECT count(*) FROM message'));
      expect(number('csat.sent')).toBe(count('SELECT count(*) FROM csat WHERE survey_id IS NOT NULL'));
      expect(number('csat.answered')).toBe(
        count('SELECT count(*) FROM csat WHERE survey_id IS NOT NULL AND answered_at IS NOT NULL'),
      );
      expect(sheets.slice(0, 3).map((sheet) => sheet.rows.length - 2)).toEqual([
        number('rows.userChats'),
        number('rows.cycles'),
        number('rows.messages'),
      ]);
    },
    LONG,
  );

  test(
    'no part of the workbook holds a formula',
    async () => {
      for (const [name, content] of readZip(here.at('both.xlsx')))
        expect(content.includes('<f>'), name).toBe(false);
    },
    LONG,
  );

  test(
    'every export leaves its line in the audit log of the workspace',
    async () => {
      const opened = openDatabase(dataDirPaths(here.data).workspace, { synchronous: 'FULL', readonly: true });
      if (!opened.ok) throw new Error(opened.error.type);
      const line = opened.value.get<{ action: string; actor: string; detail: string }>(
        "SELECT action, actor, detail FROM audit WHERE action = 'export.made' ORDER BY rowid LIMIT ?",
        1,
      );
      opened.value.close();
      expect(line?.actor).toContain('agent-linnea');
      expect(JSON.parse(line?.detail ?? 'null')).toMatchObject({
        reason: 'Kvartalsgranskning',
        languages: ['sv', 'ko'],
      });
      expect(line?.detail).toMatch(/"userChats":\d+/);
      expect(line?.detail).toMatch(/"digest":"[0-9a-f]{64}"/);
    },
    LONG,
  );

  test(
    'a range by days of the zone holds what lies in it, both ends included',
    async () => {
      const [first, last] = here.withDesk((db) => {
        const clock = new LocalClock(ZONE);
        const day = (time: number | undefined): string =>
          new Date(clock.wall(time ?? 0)).toISOString().slice(0, 10);
        const middle = db.pluck<number>(
          'SELECT closed_at FROM conversation WHERE closed_at IS NOT NULL ORDER BY closed_at LIMIT 1 OFFSET ?',
          20,
        );
        return [day(middle), day((middle ?? 0) + 3 * 86_400_000)];
      });
      const ran = await here.exportTo(
        'range.xlsx',
        '--by',
        'closed',
        '--zone',
        ZONE,
        '--from',
        first ?? '',
        '--to',
        last ?? '',
      );
      expect(ran.code, ran.errors).toBe(0);
      const [chats] = readXlsx(here.at('range.xlsx'));
      const ids = chats?.rows.slice(2).map(([id]) => id);
      const clock = new LocalClock(ZONE);
      const wanted = here
        .withDesk((db) =>
          db.all<{ id: string; at: number }>(
            'SELECT id, closed_at AS at FROM conversation WHERE closed_at IS NOT NULL LIMIT ?',
            1e6,
          ),
        )
        .filter((row) => {
          const day = new Date(clock.wall(row.at)).toISOString().slice(0, 10);
          return day >= (first ?? '') && day <= (last ?? '');
        });
      expect(wanted.length).toBeGreaterThan(0);
      expect([...(ids ?? [])].sort()).toEqual(wanted.map(({ id }) => id).sort());
    },
    LONG,
  );

  test(
    'CSV has a byte order mark and a file for each table; JSON lines one object a row',
    async () => {
      await here.exportTo('out.csv', '--languages', 'ko');
      expect(readFileSync(here.at('out.csv')).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
      expect(existsSync(here.at('out.cycles.csv'))).toBe(true);
      expect(existsSync(here.at('out.about.csv'))).toBe(true);
      await here.exportTo('out.jsonl');
      const lines = readFileSync(here.at('out.jsonl'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { table: string; id?: string });
      expect(lines.filter(({ table }) => table === 'userChats')).toHaveLength(
        here.withDesk((db) => db.pluck<number>('SELECT count(*) FROM conversation')) ?? 0,
      );
    },
    LONG,
  );

  test(
    'with an empty reason, where one is asked for, nothing is written',
    async () => {
      const ran = await runHandoff(
        'export',
        'csat',
        '--out',
        here.at('why.xlsx'),
        '--data',
        here.data,
        '--reason',
        ' ',
      );
      expect(ran.code).toBe(2);
      expect(ran.errors).toContain('--reason');
      expect(existsSync(here.at('why.xlsx'))).toBe(false);
    },
    LONG,
  );

  test(
    'a data directory in use ends it with 3, a folder that is not there with 2',
    async () => {
      const host = await startHost(here.data);
      try {
        expect((await here.exportTo('busy.xlsx')).code).toBe(3);
      } finally {
        await host.stop();
      }
      expect((await here.exportTo('no/such/out.xlsx')).code).toBe(2);
    },
    LONG,
  );

  test(
    'a file that was there is replaced only when the new one is complete',
    async () => {
      writeFileSync(here.at('old.xlsx'), 'old');
      await here.exportTo('old.xlsx', '--languages', 'xx');
      expect(readFileSync(here.at('old.xlsx'), 'utf8')).toBe('old');
      await here.exportTo('old.xlsx');
      expect(readXlsx(here.at('old.xlsx')).length).toBeGreaterThan(3);
      expect(readdirSync(here.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    },
    LONG,
  );
});
