import type { Session } from 'electron';
import { expect, test } from 'vitest';
import { denyPermissions, type GuardedSession } from '../../../electron/main/permissions.ts';

/** A session that keeps the handlers it is given. */
function recorded() {
  const handlers: Record<string, (...args: unknown[]) => unknown> = {};
  const keep = (name: string) => (handler: unknown) => {
    handlers[name] = handler as (...args: unknown[]) => unknown;
  };
  const session = {
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setDisplayMediaRequestHandler: keep('display'),
    webRequest: { onBeforeRequest: keep('load') },
  } satisfies Record<keyof GuardedSession, unknown>;
  denyPermissions(session as unknown as Session);
  return handlers;
}

test('every permission that a page can ask for is denied, asked for or looked up', () => {
  const { request, check, device, display } = recorded();
  const permissions = [
    'media',
    'geolocation',
    'notifications',
    'midiSysex',
    'openExternal',
    'fileSystem',
    'usb',
    'hid',
  ];
  for (const permission of [...permissions, 'clipboard-read', 'fullscreen', 'unknown', 'of the future']) {
    let granted: unknown;
    request?.({}, permission, (answer: unknown) => {
      granted = answer;
    });
    expect(granted).toBe(false);
    expect(check?.(null, permission, 'handoff-app://desk', {})).toBe(false);
  }
  expect(device?.({ deviceType: 'usb' })).toBe(false);
  let streams: unknown = 'unanswered';
  display?.({}, (answer: unknown) => {
    streams = answer;
  });
  expect(streams).toBeNull();
});

test.each([
  ['handoff-app://desk/assets/index.js', false],
  ['data:image/png;base64,AA==', false],
  ['blob:handoff-app://desk/1', false],
  ['https://example.com/track.gif', true],
  ['http://127.0.0.1:8080/', true],
  ['ws://127.0.0.1:8080/', true],
  ['file:///etc/passwd', true],
  ['handoff-app://desk.evil/', true],
  ['chrome-extension://abc/x.js', true],
])('a request for %s is cancelled: %s', (url, cancelled) => {
  let answer: unknown;
  recorded()['load']?.({ url }, (response: unknown) => {
    answer = response;
  });
  expect(answer).toEqual({ cancel: cancelled });
});
