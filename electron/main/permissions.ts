import type { Session } from 'electron';
import { APP_ORIGIN } from '../../src/protocol/shell/names.ts';

export type GuardedSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
> & { readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'> };

/** What a page may load: its own files, and what it made itself. */
const OWN = [`${APP_ORIGIN}/`, 'data:', 'blob:', 'devtools://'] as const;

/** Denies every permission (the page asks for none), every device, and every request to a network. */
export function denyPermissions(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !OWN.some((start) => details.url.startsWith(start)) }),
  );
}
