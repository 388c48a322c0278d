import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILTIN_FIELDS } from '../../src/domain/fields/builtin.ts';
import { LocalClock } from '../../src/domain/hours/local-clock.ts';
import { dataDirPaths } from '../../src/host/data-dir.ts';
import { type Database, openDatabase } from '../../src/sqlite/database.ts';
import {
  hasLibreOffice,
  openWithLibreOffice,
  type OfficeCell,
  type OfficeSheet,
} from '../support/export/libre-office.ts';
import { readXlsx } from '../support/export/read-xlsx.ts';
import { readZip } from '../support/export/read-zip.ts';
import { runHandoff, startHost } from '../support/host-process.ts';

const LONG = 180_000;
const ZONE = 'Asia/Seoul';

let folder = '';
let data = '';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'handoff-export-'));
  data = path.join(folder, 'data');
  const made = await runHandoff('sample', 'reset', '--data', data);
  expect(made.code, made.errors).toBe(0);
  const ran = await exportTo('both.xlsx', '--languages', 'sv,ko', '--zone', ZONE, '--with-messages');
  expect(ran.code, ran.errors).toBe(0);
  expect(ran.errors).toContain(' of ');
}, LONG);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => path.join(folder, name);

async function exportTo(name: string, ...more: readonly string[]) {
  const words = [
    'export',
    'csat',
    '--out',
    at(name),
    '--data',
    data,
    '--reason',
    'Kvartalsgranskning',
    ...more,
  ];
  return runHandoff(...words);
}

function withDesk<T>(work: (db: Database) => T): T {
  const opened = openDatabase(path.join(dataDirPaths(data).desk, 'replica.db'), {
    synchronous: 'NORMAL',
    readonly: true,
  });
  if (!opened.ok) throw new Error(opened.error.type);
  try {
    return work(opened.value);
  } finally {
    opened.value.close();
  }
}

/** Columns of the sheet of conversations that stand as they are in the database. */
const PLAIN: Readonly<Record<string, string>> = {
  id: 'c.id',
  userId: 'c.customer_id',
  name: 'cu.name',
  email: 'cu.email',
  phone: 'cu.phone',
  'source.page': 'c.page',
  description: 'c.description',
  firstOpenedAt: 'c.first_opened_at',
  openedAt: 'c.opened_at',
  closedAt: 'c.closed_at',
  handoffAt: 'c.handoff_at',
  handoffReasonCode: 'c.handoff_reason_code',
  handoffText: 'c.handoff_reason',
  startedAt: 'c.started_at',
  lastMessageAt: 'c.last_message_at',
  messageCount: 'c.message_count',
  cycleCount: 'c.cycle_count',
  firstQuestion: 'c.first_question',
  initialSkill: 'c.initial_skill',
  finalSkill: 'c.final_skill',
  assigneeId: 'c.assignee_id',
};
const MOMENTS = new Set(['firstOpenedAt', 'openedAt', 'closedAt', 'handoffAt', 'startedAt', 'lastMessageAt']);

function rowsFromDatabase(): ReadonlyMap<string, Readonly<Record<string, string | number | null>>> {
  const columns = Object.entries(PLAIN).map(([key, sql]) => `${sql} AS "${key}"`);
  const rows = withDesk((db) =>
    db.all<Record<string, string | number | null>>(
      `SELECT ${columns.join(', ')} FROM conversation c LEFT JOIN customer cu ON cu.id = c.customer_id LIMIT ?`,
      100_000,
    ),
  );
  return new Map(rows.map((row) => [String(row['id']), row]));
}

describe('handoff export csat', () => {
  test(
    '[C12] [C2] writes a workbook in Swedish and Korean with every key, and nothing beside it',
    async () => {
      const [chats, ...others] = readXlsx(at('both.xlsx'));
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
      expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
    },
    LONG,
  );

  test(
    '[C12] About says who, why, when, which zone, and totals that equal the database’s',
    async () => {
      const sheets = readXlsx(at('both.xlsx'));
      const about = new Map(
        sheets
          .at(-1)
          ?.rows.slice(2)
          .map((row) => [String(row[0]), row]),
      );
      const number = (key: string): unknown => about.get(key)?.[3];
      const count = (sql: string): number => withDesk((db) => db.pluck<number>(sql)) ?? 0;
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
      for (const [name, content] of readZip(at('both.xlsx')))
        expect(content.includes('<f>'), name).toBe(false);
    },
    LONG,
  );

  test(
    'every export leaves its line in the audit log of the workspace',
    async () => {
      const opened = openDatabase(dataDirPaths(data).workspace, { synchronous: 'FULL', readonly: true });
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
      const [first, last] = withDesk((db) => {
        const clock = new LocalClock(ZONE);
        const day = (time: number | undefined): string =>
          new Date(clock.wall(time ?? 0)).toISOString().slice(0, 10);
        const middle = db.pluck<number>(
          'SELECT closed_at FROM conversation WHERE closed_at IS NOT NULL ORDER BY closed_at LIMIT 1 OFFSET ?',
          20,
        );
        return [day(middle), day((middle ?? 0) + 3 * 86_400_000)];
      });
      const ran = await exportTo(
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
      const [chats] = readXlsx(at('range.xlsx'));
      const ids = chats?.rows.slice(2).map(([id]) => id);
      const clock = new LocalClock(ZONE);
      const wanted = withDesk((db) =>
        db.all<{ id: string; at: number }>(
          'SELECT id, closed_at AS at FROM conversation WHERE closed_at IS NOT NULL LIMIT ?',
          1e6,
        ),
      ).filter((row) => {
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
      await exportTo('out.csv', '--languages', 'ko');
      expect(readFileSync(at('out.csv')).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
      expect(existsSync(at('out.cycles.csv'))).toBe(true);
      expect(existsSync(at('out.about.csv'))).toBe(true);
      await exportTo('out.jsonl');
      const lines = readFileSync(at('out.jsonl'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { table: string; id?: string });
      expect(lines.filter(({ table }) => table === 'userChats')).toHaveLength(rowsFromDatabase().size);
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
        at('why.xlsx'),
        '--data',
        data,
        '--reason',
        ' ',
      );
      expect(ran.code).toBe(2);
      expect(ran.errors).toContain('--reason');
      expect(existsSync(at('why.xlsx'))).toBe(false);
    },
    LONG,
  );

  test(
    'a data directory in use ends it with 3, a folder that is not there with 2',
    async () => {
      const host = await startHost(data);
      try {
        expect((await exportTo('busy.xlsx')).code).toBe(3);
      } finally {
        await host.stop();
      }
      expect((await exportTo('no/such/out.xlsx')).code).toBe(2);
    },
    LONG,
  );

  test(
    'a file that was there is replaced only when the new one is complete',
    async () => {
      writeFileSync(at('old.xlsx'), 'old');
      await exportTo('old.xlsx', '--languages', 'xx');
      expect(readFileSync(at('old.xlsx'), 'utf8')).toBe('old');
      await exportTo('old.xlsx');
      expect(readXlsx(at('old.xlsx')).length).toBeGreaterThan(3);
      expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    },
    LONG,
  );
});

describe.skipIf(!hasLibreOffice)('LibreOffice (skipped where soffice is not installed)', () => {
  let office: readonly OfficeSheet[] = [];
  beforeAll(() => {
    office = openWithLibreOffice(at('both.xlsx'));
  }, LONG);

  test(
    '[C12] opens the workbook without repair, and every cell is the writer’s',
    async () => {
      const own = readXlsx(at('both.xlsx'));
      expect(office.map(({ name }) => name)).toEqual(own.map(({ name }) => name));
      const isText = (cell: OfficeCell | boolean): boolean => typeof cell === 'string';
      own.forEach((sheet, index) => {
        const read = office[index]?.rows ?? [];
        expect(read.length, sheet.name).toBe(sheet.rows.length);
        sheet.rows.forEach((row, at) => {
          const texts = row.map((cell) => (isText(cell) ? cell : null));
          expect(
            read[at]?.map((cell) => (isText(cell) ? cell : null)),
            `${sheet.name} ${at}`,
          ).toEqual(texts);
        });
      });
    },
    LONG,
  );

  test(
    '[C12] [C3] every cell that stands in the database as it is comes back as it is',
    async () => {
      const [chats] = office;
      const keys = (chats?.rows[1] ?? []).map(String);
      const wanted = rowsFromDatabase();
      const clock = new LocalClock(ZONE);
      const rows = chats?.rows.slice(2) ?? [];
      expect(rows).toHaveLength(wanted.size);
      let compared = 0;
      for (const row of rows) {
        const from = wanted.get(String(row[0]));
        for (const key of Object.keys(PLAIN)) {
          const value = from?.[key] ?? null;
          const cell = row[keys.indexOf(key)] ?? null;
          // LibreOffice writes moments to the hundredth of a second.
          if (MOMENTS.has(key) && typeof value === 'number')
            expect(Math.abs(Number(cell) - clock.wall(value)), `${String(row[0])} ${key}`).toBeLessThan(10);
          else expect(cell, `${String(row[0])} ${key}`).toEqual(value === '' ? null : value);
          compared += 1;
        }
      }
      expect(compared).toBe(wanted.size * Object.keys(PLAIN).length);
    },
    LONG,
  );

  test(
    '[C3] [C4] the timings are those that show --json explains, as numbers and as 0h 0m 0s',
    async () => {
      const [chats] = office;
      const keys = (chats?.rows[1] ?? []).map(String);
      const shown = await runHandoff('show', '--all', '--json', '--data', data);
      const byId = new Map(
        shown.output
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as { id: string; timings: Record<string, number | null> })
          .map((one) => [one.id, one.timings]),
      );
      let values = 0;
      for (const row of chats?.rows.slice(2) ?? []) {
        const timings = byId.get(String(row[0]));
        for (const key of [
          'waitingTime',
          'avgReplyTime',
          'resolutionTime',
          'operationWaitingTime',
          'operationAvgReplyTime',
          'operationResolutionTime',
        ]) {
          const length = timings?.[key] ?? null;
          expect(row[keys.indexOf(key)] ?? null, `${String(row[0])} ${key}`).toBe(length);
          const seconds = Math.floor((length ?? 0) / 1_000);
          const text =
            length === null
              ? null
              : `${Math.floor(seconds / 3_600)}h ${Math.floor(seconds / 60) % 60}m ${seconds % 60}s`;
          expect(row[keys.indexOf(`${key}.text`)] ?? null).toBe(text);
          if (length !== null) values += 1;
        }
      }
      expect(values).toBeGreaterThan(100);
    },
    LONG,
  );
});
