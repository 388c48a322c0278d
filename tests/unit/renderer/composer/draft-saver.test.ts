import { expect, test } from 'vitest';
import {
  createDraftSaver,
  DRAFT_DELAY_MS,
  type Later,
} from '../../../../renderer/desk/features/composer/draft-saver.ts';

function bench() {
  const puts: string[] = [];
  const timers: { run: () => void; delayMs: number; off: boolean }[] = [];
  const later: Later = (run, delayMs) => {
    const timer = { run, delayMs, off: false };
    timers.push(timer);
    return () => {
      timer.off = true;
    };
  };
  const saver = createDraftSaver((kind, text) => puts.push(`${kind}:${text}`), later);
  const ring = (): void => {
    for (const timer of timers.splice(0)) if (!timer.off) timer.run();
  };
  return { saver, puts, timers, ring };
}

test('[Y12] what is typed is put down within 300 ms, however fast one writes', () => {
  const { saver, puts, timers, ring } = bench();
  saver.change('reply', 'a');
  saver.change('reply', 'ab');
  saver.change('reply', 'abc');
  expect(timers).toHaveLength(1);
  expect(DRAFT_DELAY_MS).toBeLessThanOrEqual(300);
  ring();
  expect(puts).toEqual(['reply:abc']);
});

test('leaving puts both texts down at once, and only once', () => {
  const { saver, puts, ring } = bench();
  saver.change('reply', 'r');
  saver.change('note', 'n');
  saver.flush();
  ring();
  saver.flush();
  expect(puts).toEqual(['reply:r', 'note:n']);
});

test('after a flush the next key starts a new wait', () => {
  const { saver, puts, ring } = bench();
  saver.change('reply', 'a');
  saver.flush();
  saver.change('reply', '');
  ring();
  expect(puts).toEqual(['reply:a', 'reply:']);
});
