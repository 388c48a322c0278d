import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Driver from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lockDataDir } from '../../src/desk/store/data-dir-lock.ts';
import { dataDirPaths, writeConfig } from '../../src/host/data-dir.ts';
import { damagePage } from '../support/desk/damage-file.ts';
import { loseEntry } from '../support/desk/imposter.ts';
import { conversationId, escalated, hire, openTestDesk, openWorld } from '../support/desk/world.ts';
import { runHandoff } from '../support/host-process.ts';
import { tempDir } from '../support/temp-dir.ts';

const LONG = 60_000;
const ELSEWHERE = 'The workspace of this desk is elsewhere';

/** A desk on another machine than its workspace, closed with one change that waits; its data directory. */
async function deskElsewhere() {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  await world.ingest(...escalated('c1'), ...escalated('c2'));
  const before = await openTestDesk(world, ada, { name: 'desk', remote: true });
  before.link.setLink(false);
  const note = { conversationId: 'c1', messageId: 'm-note', text: 'on the train' };
  expect(await before.mutate('note.add', note)).toMatchObject({ ok: true });
  await before.close();
  const open = () => openTestDesk(world, ada, { name: 'desk', remote: true });
  return { data: world.dir, replica: path.join(world.dir, 'desk', 'replica.db'), open };
}

function run(file: string, sql: string): void {
  const db = new Driver(file);
  expect(db.prepare(sql).run().changes).toBe(1);
  db.close();
}

const doctorOf = (data: string) => runHandoff('doctor', '--data', data);

describe('doctor on the desk of a workspace elsewhere', () => {
  test(
    '[Y1] checks the copy and the outbox by themselves, says so, and leaves both as they are',
    async () => {
      const { data, open } = await deskElsewhere();
      const doctor = await doctorOf(data);
      expect(doctor.errors).toBe('');
      expect(doctor.code).toBe(0);
      expect(doctor.output).toMatch(
        new RegExp(`^${ELSEWHERE}.*\\n\\d+ rows, 1 change to be sent: nothing is damaged\\n$`),
      );
      expect(existsSync(path.join(data, 'workspace.db'))).toBe(false);
      const after = await open();
      expect(after.desk.setAside).toBeNull();
      expect(after.thread(conversationId('c1')).messages.map(({ text }) => text)).toContain('on the train');
    },
    LONG,
  );

  test(
    '[Y1] names a row whose bits flipped, and exits with 1; the next start builds the copy anew, what waits with it',
    async () => {
      const { data, replica, open } = await deskElsewhere();
      run(replica, `UPDATE message SET text = 'Where is it?' WHERE id = 'c2-m1'`);
      const doctor = await doctorOf(data);
      expect(doctor.code).toBe(1);
      expect(doctor.output).toContain('replica.db: message ["c2-m1"]: is not what it came as\n');
      expect(doctor.output).toContain('replica.db: is set aside and built again at the next start');
      expect(doctor.output).toContain(ELSEWHERE);
      const after = await open();
      expect(after.desk.setAside).toMatchObject({ reason: 'contents' });
      const texts = after.thread(conversationId('c1')).messages.map(({ text }) => text);
      expect(texts).toContain('on the train');
      expect(after.thread(conversationId('c2')).messages[0]?.text).toBe('Where is my order c2?');
    },
    LONG,
  );

  test.each([
    ['an index', (file: string) => loseEntry(file, 'list_open_waiting', () => true), 'list_open_waiting'],
    ['the file itself', (file: string) => damagePage(file, 'customer_name'), 'replica.db: '],
  ])(
    '[Y1] damage in %s is named, and the next start builds the copy anew',
    async (_, damage, place) => {
      const { data, replica, open } = await deskElsewhere();
      damage(replica);
      const doctor = await doctorOf(data);
      expect(doctor.errors).toBe('');
      expect(doctor.code).toBe(1);
      expect(doctor.output).toContain(place);
      expect((await open()).desk.setAside).not.toBeNull();
    },
    LONG,
  );

  test(
    '[Y1] a copy that cannot be opened lies aside at once, named by its new place',
    async () => {
      const { data, replica } = await deskElsewhere();
      damagePage(replica, 'sync_state');
      const doctor = await doctorOf(data);
      expect(doctor.code).toBe(1);
      const aside = readdirSync(path.dirname(replica)).find((name) => name.startsWith('replica.db.damaged-'));
      expect(doctor.output).toContain(
        `was damaged (corrupt) and lies as ${path.dirname(replica)}/${aside} now`,
      );
      expect(await doctorOf(data)).toMatchObject({ code: 0 });
    },
    LONG,
  );

  test(
    '[Y1] names a damaged entry of the outbox, whose number stays',
    async () => {
      const { data } = await deskElsewhere();
      run(path.join(data, 'desk', 'outbox.db'), `UPDATE outbox SET args = replace(args, 'train', 'drain')`);
      const doctor = await doctorOf(data);
      expect(doctor.code).toBe(1);
      expect(doctor.output).toContain('outbox.db: entry 1 is damaged\n');
    },
    LONG,
  );

  test(
    '[Y15] a config that says so is no other case; a desk in use is left alone with 3, a folder without one with 2',
    async () => {
      const { data } = await deskElsewhere();
      const own = path.join(tempDir(), 'data');
      cpSync(data, own, { recursive: true });
      writeConfig(dataDirPaths(own), { format: 1, mode: 'remote', agentId: null, sample: false });
      expect(await doctorOf(own)).toMatchObject({ code: 0 });
      const lock = lockDataDir(own);
      if (!lock.ok) throw new Error(lock.error.type);
      onTestFinished(lock.value.release);
      expect(await doctorOf(own)).toMatchObject({ code: 3, output: '' });
      const empty = path.join(tempDir(), 'data');
      mkdirSync(empty);
      writeConfig(dataDirPaths(empty), { format: 1, mode: 'remote', agentId: null, sample: false });
      const none = await doctorOf(empty);
      expect(none).toMatchObject({ code: 2, output: '' });
      expect(none.errors).toContain('no desk');
      expect(existsSync(path.join(empty, 'desk'))).toBe(false);
    },
    LONG,
  );
});
