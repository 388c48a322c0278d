import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalClock } from '../../src/domain/hours/local-clock.ts';
import { exportFolder, LONG, ZONE } from '../support/export/export-folder.ts';
import {
  hasLibreOffice,
  openWithLibreOffice,
  type OfficeCell,
  type OfficeSheet,
} from '../support/export/libre-office.ts';
import { type CellKind, type ReadCell, readXlsx } from '../support/export/read-xlsx.ts';
import { runHandoff } from '../support/host-process.ts';

let here: Awaited<ReturnType<typeof exportFolder>>;

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
  const rows = here.withDesk((db) =>
    db.all<Record<string, string | number | null>>(
      `SELECT ${columns.join(', ')} FROM conversation c LEFT JOIN customer cu ON cu.id = c.customer_id LIMIT ?`,
      100_000,
    ),
  );
  return new Map(rows.map((row) => [String(row['id']), row]));
}

const DAY = 86_400_000;
const EPOCH_DAY = 25_569;

/** LibreOffice writes moments to the hundredth of a second, and 15 digits of other numbers. */
function isNear(cell: OfficeCell, own: OfficeCell, kind: CellKind = 'moment'): boolean {
  if (typeof cell !== 'number' || typeof own !== 'number') return false;
  return Math.abs(cell - own) < (kind === 'plain' ? 1e-14 * Math.max(1, Math.abs(own)) : 10);
}

/** What a cell of ours means, as the other reader says it: true as 1, days as milliseconds, no text as nothing. */
function meant(cell: ReadCell, kind: CellKind): OfficeCell {
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  if (typeof cell !== 'number') return cell === '' ? null : cell;
  if (kind === 'length') return cell * DAY;
  return kind === 'moment' ? (cell - EPOCH_DAY) * DAY : cell;
}

describe.skipIf(!hasLibreOffice)('LibreOffice (skipped where soffice is not installed)', () => {
  let office: readonly OfficeSheet[] = [];
  beforeAll(async () => {
    here = await exportFolder();
    office = openWithLibreOffice(here.at('both.xlsx'));
  }, LONG);
  afterAll(() => here.remove());

  test(
    '[C12] opens the workbook without repair, and every cell of every sheet is the writer’s: texts, numbers, moments, lengths',
    async () => {
      const own = readXlsx(here.at('both.xlsx'));
      expect(office.map(({ name }) => name)).toEqual(own.map(({ name }) => name));
      const seen = { plain: 0, length: 0, moment: 0 };
      own.forEach((sheet, index) => {
        const read = office[index]?.rows ?? [];
        const kinds = sheet.kinds();
        expect(read.length, sheet.name).toBe(sheet.rows.length);
        const wanted = sheet.rows.map((row, place) =>
          row.map((cell, column) => {
            const kind = kinds[place]?.[column] ?? 'plain';
            if (typeof cell === 'number') seen[kind] += 1;
            return meant(cell, kind);
          }),
        );
        const found = read.map((row, place) =>
          row.map((cell, column) => {
            const own = wanted[place]?.[column];
            return isNear(cell, own ?? null, kinds[place]?.[column]) ? own : cell;
          }),
        );
        expect(found, sheet.name).toEqual(wanted);
      });
      expect(Math.min(seen.plain, seen.length, seen.moment)).toBeGreaterThan(300);
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

  /** The rows of a sheet as objects, by the keys of its second row. */
  const objectsOf = (sheet: OfficeSheet | undefined): readonly Readonly<Record<string, OfficeCell>>[] => {
    const keys = (sheet?.rows[1] ?? []).map(String);
    return (sheet?.rows.slice(2) ?? []).map((row) =>
      Object.fromEntries(keys.map((key, column) => [key, row[column] ?? null])),
    );
  };
  /** What the sheet shows of a moment, beside what the database has: the same to LibreOffice's hundredth. */
  const sameMoments = (
    row: Readonly<Record<string, OfficeCell>> | undefined,
    pairs: Readonly<Record<string, number | null>>,
  ): void => {
    const clock = new LocalClock(ZONE);
    for (const [key, at] of Object.entries(pairs)) {
      const [cell, wall] = [row?.[key] ?? null, at === null ? null : clock.wall(at)];
      expect(isNear(cell, wall) || cell === wall, `${key}: ${cell} is not ${wall}`).toBe(true);
    }
  };

  test(
    '[C12] [C3] [Q6] every cycle and its survey stand as the database has them: score, scale, comment, times',
    async () => {
      const shown = objectsOf(office[1]);
      const wanted = here.withDesk((db) =>
        db.all<Record<string, number | string | null>>(
          `SELECT cy.conversation_id AS id, cy.ordinal, cy.opened_at, cy.first_reply_at, cy.closed_at, cy.reply_count,
             s.survey_id, s.sent_at, s.scale, s.score, s.comment, s.answered_at
           FROM cycle cy LEFT JOIN csat s ON s.conversation_id = cy.conversation_id AND s.ordinal = cy.ordinal LIMIT ?`,
          100_000,
        ),
      );
      expect(shown).toHaveLength(wanted.length);
      const moment = (value: number | string | null | undefined): number | null =>
        typeof value === 'number' ? value : null;
      for (const row of wanted) {
        const cell = shown.find((one) => one['chatId'] === row['id'] && one['cycle'] === row['ordinal']);
        expect(cell).toMatchObject({
          replyCount: row['reply_count'],
          'csat.scale': row['scale'],
          'profile.csat': row['score'],
          'profile.csatComment': row['comment'],
        });
        sameMoments(cell, {
          openedAt: moment(row['opened_at']),
          firstReplyAt: moment(row['first_reply_at']),
          closedAt: moment(row['closed_at']),
          'csat.sentAt': row['survey_id'] === null ? null : moment(row['sent_at']),
          'csat.answeredAt': moment(row['answered_at']),
        });
      }
      expect(wanted.filter(({ score }) => score !== null).length).toBeGreaterThan(30);
    },
    LONG,
  );

  test(
    '[C12] [C7] every active field stands as the database has it, by its type',
    async () => {
      const shown = new Map(objectsOf(office[0]).map((row) => [row['id'], row]));
      const values = here.withDesk((db) =>
        db.all<{ id: string; field: string; number: number | null; text: string | null }>(
          `SELECT conversation_id AS id, field, number, group_concat(text, ', ') AS text FROM
             (SELECT conversation_id, field, number, text FROM field_value ORDER BY conversation_id, field, ordinal)
           GROUP BY conversation_id, field LIMIT ?`,
          100_000,
        ),
      );
      const seen = new Set<string>();
      for (const { id, field, number, text } of values) {
        const cell = shown.get(id)?.[field];
        // Not a column: an archived field, or a key that nobody defined.
        if (cell === undefined) continue;
        seen.add(field);
        if (field.endsWith('At')) sameMoments(shown.get(id), { [field]: number });
        else if (field.endsWith('Date')) expect(cell, `${id} ${field}`).toBe(Date.parse(`${text}T00:00:00Z`));
        else expect(cell, `${id} ${field}`).toBe(number ?? text);
      }
      expect([...seen]).toEqual(
        expect.arrayContaining([
          'profile.csat',
          'profile.csatComment',
          'profile.tier',
          'profile.itemCount',
          'profile.underWarranty',
          'profile.deliveryDate',
          'profile.callBackAt',
          'profile.affectedItems',
        ]),
      );
    },
    LONG,
  );

  test(
    '[C12] every message stands as the database has it, notes marked',
    async () => {
      const shown = new Map(objectsOf(office[2]).map((row) => [row['messageId'], row]));
      const wanted = here.withDesk((db) =>
        db.all<{ id: string; chat: string; author: string | null; note: number; at: number; text: string }>(
          'SELECT id, conversation_id AS chat, author_id AS author, note, at, text FROM message LIMIT ?',
          100_000,
        ),
      );
      expect(shown.size).toBe(wanted.length);
      for (const { id, chat, author, note, at: sentAt, text } of wanted) {
        const row = shown.get(id);
        expect(row).toMatchObject({
          chatId: chat,
          personId: author,
          private: note,
          plainText: text === '' ? null : text,
        });
        sameMoments(row, { createdAt: sentAt });
      }
    },
    LONG,
  );

  test(
    '[C3] [C4] the timings are those that show --json explains, as numbers and as 0h 0m 0s',
    async () => {
      const [chats] = office;
      const keys = (chats?.rows[1] ?? []).map(String);
      const shown = await runHandoff('show', '--all', '--json', '--data', here.data);
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
