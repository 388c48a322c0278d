import { EventEmitter } from 'node:events';
import type { HandlerDetails } from 'electron';
import { describe, expect, test } from 'vitest';
import { type GuardedContents, guardNavigation } from '../../../electron/main/navigation.ts';
import { HOSTILE_LINKS } from './hostile-links.ts';

/** Web contents that record their handlers, and what was opened outside. */
function guarded() {
  const events = new EventEmitter();
  const opened: string[] = [];
  let openHandler: Parameters<GuardedContents['setWindowOpenHandler']>[0] | null = null;
  const contents = {
    on: (name: string, listener: (...args: unknown[]) => void) => events.on(name, listener),
    setWindowOpenHandler: (handler: NonNullable<typeof openHandler>) => {
      openHandler = handler;
    },
  };
  guardNavigation(contents as unknown as GuardedContents, (address) => opened.push(address));
  /** Fires an event; answers whether it was prevented. */
  const fire = (name: string, details: object): boolean => {
    let prevented = false;
    const preventDefault = (): void => {
      prevented = true;
    };
    events.emit(name, { ...details, preventDefault });
    return prevented;
  };
  const openWindow = (url: string) => openHandler?.({ url } as HandlerDetails);
  return { fire, openWindow, opened };
}

describe('a page stays where it is', () => {
  test.each(HOSTILE_LINKS.map((link) => [link.slice(0, 60), link]))('hostile: %s', (_short, url) => {
    const { fire, openWindow, opened } = guarded();
    expect(openWindow(url)).toEqual({ action: 'deny' });
    expect(fire('will-navigate', { url, isMainFrame: true })).toBe(true);
    expect(fire('will-frame-navigate', { url, isMainFrame: true })).toBe(true);
    expect(fire('will-frame-navigate', { url, isMainFrame: false })).toBe(true);
    expect(fire('will-redirect', { url, isMainFrame: true })).toBe(true);
    expect(opened).toEqual([]);
  });

  test('a web link opens in the system, and the page stays', () => {
    const { fire, openWindow, opened } = guarded();
    expect(openWindow('https://example.com/a b')).toEqual({ action: 'deny' });
    expect(fire('will-navigate', { url: 'https://example.com/2', isMainFrame: true })).toBe(true);
    expect(opened).toEqual(['https://example.com/a%20b', 'https://example.com/2']);
  });

  test("a frame's link opens nothing", () => {
    const { fire, opened } = guarded();
    expect(fire('will-navigate', { url: 'https://example.com/', isMainFrame: false })).toBe(true);
    expect(opened).toEqual([]);
  });

  test.each(['handoff-app://desk/', 'handoff-app://desk/#/c/1', 'handoff-app://desk/index.html?x'])(
    'the page itself may load again: %s',
    (url) => {
      const { fire, opened } = guarded();
      expect(fire('will-navigate', { url, isMainFrame: true })).toBe(false);
      expect(fire('will-frame-navigate', { url, isMainFrame: true })).toBe(false);
      expect(fire('will-frame-navigate', { url, isMainFrame: false })).toBe(true);
      expect(opened).toEqual([]);
    },
  );

  test('no web view is attached, no redirect followed', () => {
    const { fire } = guarded();
    expect(fire('will-attach-webview', {})).toBe(true);
    expect(fire('will-redirect', { url: 'handoff-app://desk/' })).toBe(true);
  });
});
