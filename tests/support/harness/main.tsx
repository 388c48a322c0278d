import '../../../src/protocol/schemas-without-eval.ts';
import { createRoot } from 'react-dom/client';
import { App } from '../../../renderer/desk/app/app.tsx';
import { dressDocument } from '../../../renderer/desk/app/appearance.ts';
import { pageNetwork } from '../../../renderer/desk/app/network-watch.tsx';
import { createPreferenceStore } from '../../../renderer/desk/app/preferences.ts';
import { createScreenStore } from '../../../renderer/desk/app/screen-store.ts';
import type { TextKey } from '../../../renderer/desk/i18n/keys.ts';
import { RESOURCES } from '../../../renderer/desk/i18n/resources.ts';
import type { ConversationId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { epochMillis } from '../../../src/base/time.ts';
import { createI18n } from '../../../src/i18n/create-i18n.ts';
import { fakeDesk } from './fake-desk.ts';
import { Gallery } from './gallery.tsx';
import '../../../renderer/desk/ui/tokens.css';
import '../../../renderer/desk/ui/base.css';
import { useScreen } from '../../../renderer/desk/app/stores.tsx';
import { SettingsPage } from '../../../renderer/desk/features/settings/settings-page.tsx';

/** Fails until a test mends it. */
function Failing() {
  if (document.documentElement.dataset['mended'] === undefined) throw new Error('planted');
  return null;
}

/** The settings are a page in the list's region; the list itself is not here. */
function Places() {
  return useScreen((screen) => screen.place) === 'settings' ? <SettingsPage /> : null;
}

const wanted = new URLSearchParams(location.search);
const locale = wanted.get('lang') ?? 'en';
const theme = wanted.get('theme') === 'dark' ? 'dark' : 'light';
let kept = JSON.stringify({ locale, theme });
const preferences = createPreferenceStore({
  read: () => kept,
  write: (text) => {
    kept = text;
  },
});
dressDocument(document.documentElement, locale, theme);

const i18n = createI18n<TextKey>({ locale, resources: RESOURCES });
// A translator's change, as a test makes it.
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data === 'string') i18n.setMessages('en', { composer: { 'kind.note': data } });
});

createRoot(must(document.getElementById('root'), '#root')).render(
  <App
    client={fakeDesk()}
    i18n={i18n}
    screen={createScreenStore(
      wanted.has('open') ? { openId: 'c1' as ConversationId, stacked: 'thread' } : {},
    )}
    preferences={preferences}
    regions={{
      Sidebar: () => null,
      List: wanted.has('fail') ? Failing : Places,
      Thread: Gallery,
      Profile: () => null,
    }}
    network={pageNetwork(window)}
    clock={{ now: () => epochMillis(Date.UTC(2026, 10, 21, 9, 0)) }}
    platform={wanted.get('platform') === 'mac' ? 'mac' : 'other'}
    languages={['en']}
    timeZone="Asia/Seoul"
  />,
);
