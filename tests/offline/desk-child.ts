import process from 'node:process';
import { seededRng } from '../../src/base/rng.ts';
import { type Clock, epochMillis } from '../../src/base/time.ts';
import { uuidV7Source } from '../../src/base/uuid.ts';
import { createListService } from '../../src/desk/lists/list-service.ts';
import { openDesk } from '../../src/desk/open-desk.ts';
import { httpTransport } from '../../src/desk/sync/http-transport.ts';
import type { Scheduler } from '../../src/desk/sync/scheduler.ts';
import type { FromDesk, ToDesk } from './messages.ts';

// A desk in a process of its own: production code over real files and real HTTP; its clock is told to it, and its timers run
// faster than the clock on the wall. Killed with -9 whenever its parent likes.

const [dir = '', origin = '', token = '', seed = '1', start = '0'] = process.argv.slice(2);
const HASTE = 40;
let now = Number(start);
const clock: Clock = { now: () => epochMillis(now) };
const scheduler: Scheduler = {
  after: (delay, work) => {
    const timer = setTimeout(work, Math.max(1, delay / HASTE));
    return () => clearTimeout(timer);
  },
  soon: (work) => {
    const timer = setImmediate(work);
    return () => clearImmediate(timer);
  },
};
const rng = seededRng(Number(seed));

function say(message: FromDesk): void {
  process.send?.(message);
}

const opened = openDesk({
  dir,
  transport: httpTransport({ origin, token, scheduler, rng }),
  clock,
  ids: uuidV7Source(clock, rng),
  rng,
  scheduler,
  agentId: null,
  lists: createListService,
  app: { version: 'offline', workspace: 'remote', sample: false },
  report: (thrown) => say({ type: 'threw', text: String(thrown) }),
});
if (!opened.ok) throw new Error(opened.error.type);
const desk = opened.value;

process.on('message', (message: ToDesk) => {
  if (message.type === 'clock') {
    now = message.now;
    return;
  }
  const { id, method, input } = message;
  const answer = (): unknown => Reflect.apply(desk.handlers[method], null, [input]);
  new Promise((resolve) => {
    resolve(answer());
  }).then(
    (value) => say({ type: 'answer', id, value }),
    (thrown: unknown) => say({ type: 'threw', text: String(thrown) }),
  );
});
process.on('disconnect', () => process.exit(0));
desk.start();
say({ type: 'ready' });
