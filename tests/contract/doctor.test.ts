import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import Driver from 'better-sqlite3';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { lockDataDir } from '../../src/desk/store/data-dir-lock.ts';
import { runHandoff } from '../support/host-process.ts';
import { tempDir } from '../support/temp-dir.ts';
import { escalated } from '../support/desk/world.ts';

const LONG = 60_000;

describe('doctor on a data directory', () => {
  let sound = '';

  beforeAll(async () => {
    sound = mkdtempSync(path.join(tmpdir(), 'handoff-doctor-'));
    const events = path.join(sound, 'events.ndjson');
    const lines = ['c1', 'c2'].flatMap((id) => escalated(id)).map((event) => JSON.stringify(event));
    writeFileSync(events, lines.join('\n'));
    expect(await runHandoff('import', events, '--data', path.join(sound, 'data'))).toMatchObject({ code: 0 });
    expect(await doctorOf(path.join(sound, 'data'))).toMatchObject({
      code: 0,
      output: '2 conversations, 4 messages: everything agrees\n',
    });
    return () => rmSync(sound, { recursive: true, force: true });
  }, LONG);

  function doctorOf(data: string) {
    return runHandoff('doctor', '--data', data);
  }

  /** A copy of the directory, one of its files changed past SQLite's own checks. */
  function damaged(file: string, sql: string): string {
    const data = path.join(tempDir(), 'data');
    cpSync(path.join(sound, 'data'), data, { recursive: true });
    const db = new Driver(path.join(data, file));
    expect(db.prepare(sql).run().changes).toBe(1);
    db.close();
    return data;
  }

  test(
    '[Y1] a flipped bit in the replica is named by its row; the next start builds the replica anew',
    async () => {
      const data = damaged('desk/replica.db', `UPDATE message SET text = 'Where is it?' WHERE id = 'c1-m1'`);
      const first = await doctorOf(data);
      expect(first.code).toBe(1);
      expect(first.output).toContain('replica.db: message ["c1-m1"]: is not what it came as\n');
      expect(first.output).toContain('replica.db: is set aside and built again at the next start');
      expect(existsSync(path.join(data, 'desk', 'replica.db.distrusted'))).toBe(true);
      expect(await doctorOf(data)).toMatchObject({ code: 0 });
      const left = readdirSync(path.join(data, 'desk'));
      expect(left.some((name) => name.startsWith('replica.db.damaged-'))).toBe(true);
      expect(left).not.toContain('replica.db.distrusted');
    },
    LONG,
  );

  test.each([
    ['a message', `UPDATE message SET text = 'Where is it?' WHERE id = 'c1-m1'`, 'row message ["c1-m1"]'],
    ['an event that no longer reads', `UPDATE history SET fact = 'x' WHERE id = 'c1-2'`, 'row history'],
    ['the log', `UPDATE commit_log SET digest = 'x' WHERE seq = 1`, 'chain 1'],
  ])(
    '[T11] %s of the workspace that is not what was written is named, and nothing is built on it',
    async (_, sql, place) => {
      const doctor = await doctorOf(damaged('workspace.db', sql));
      expect(doctor.errors).toBe('');
      expect(doctor.code).toBe(1);
      expect(doctor.output).toContain(`workspace.db: ${place}`);
    },
    LONG,
  );

  test(
    '[Y15] a directory that another engine has is left alone: exit 3, with its process and since when',
    async () => {
      const data = path.join(tempDir(), 'data');
      const lock = lockDataDir(data);
      if (!lock.ok) throw new Error(lock.error.type);
      onTestFinished(lock.value.release);
      const doctor = await doctorOf(data);
      expect(doctor.code).toBe(3);
      expect(doctor.errors).toMatch(
        new RegExp(
          `in use by another Handoff \\(process ${process.pid}, since 2\\d{3}-\\d\\d-\\d\\dT[\\d:]{8}Z\\)`,
        ),
      );
    },
    LONG,
  );

  test(
    'a config that is no config is named, and nothing is touched',
    async () => {
      const data = path.join(tempDir(), 'data');
      cpSync(path.join(sound, 'data'), data, { recursive: true });
      writeFileSync(path.join(data, 'handoff.json'), '{"format": 1, "mode": "embeded"}');
      const doctor = await doctorOf(data);
      expect(doctor.code).toBe(2);
      expect(doctor.errors).toContain('handoff.json');
      expect(doctor.errors).toContain('mode');
    },
    LONG,
  );
});
