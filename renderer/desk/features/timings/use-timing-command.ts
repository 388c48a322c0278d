import { useEffect, useRef } from 'react';
import type { TimingKey } from '../../../../src/domain/timings/timings.ts';
import { focusPane } from '../../app/panes.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import type { CommandHandler } from '../../keyboard/registry.ts';

const STRIP = '[data-timing-strip]';

/** Opens and closes what explains a number, at the timing that was explained last; the focus goes in and comes back. */
export function useTimingCommand(): CommandHandler {
  const { explain } = useScreenActions();
  const explained = useScreen((screen) => screen.explained);
  const openId = useScreen((screen) => screen.openId);
  const last = useRef<TimingKey>('waitingTime');
  const before = useRef<Element | null>(null);
  const open = explained !== null;
  useEffect(() => {
    if (explained !== null) last.current = explained;
  }, [explained]);
  useEffect(() => {
    if (open) {
      before.current = document.activeElement;
      document.querySelector<HTMLElement>(STRIP)?.focus();
      return;
    }
    const target = before.current;
    before.current = null;
    if (target === null || document.activeElement !== document.body) return;
    if (target instanceof HTMLElement && target.isConnected && target !== document.body) target.focus();
    else focusPane(document, 'thread');
  }, [open]);
  return {
    run: () => explain(open ? null : last.current),
    enabled: openId !== null,
    why: 'palette:unavailable.noConversation',
  };
}
