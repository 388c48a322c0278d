import '../../src/protocol/schemas-without-eval.ts';
import { createRoot } from 'react-dom/client';
import { must } from '../../src/base/must.ts';
import { seededRng } from '../../src/base/rng.ts';
import { epochMillis } from '../../src/base/time.ts';
import { createI18n } from '../../src/i18n/create-i18n.ts';
import { withoutToken } from './app/address.ts';
import { App } from './app/app.tsx';
import { dressDocument, resolveLocale } from './app/appearance.ts';
import { pageNetwork } from './app/network-watch.tsx';
import { createPreferenceStore } from './app/preferences.ts';
import { REGIONS } from './app/regions.tsx';
import { createScreenStore } from './app/screen-store.ts';
import { connectEngine } from './engine/connect.ts';
import type { TextKey } from './i18n/keys.ts';
import { RESOURCES } from './i18n/resources.ts';
import { platformOf } from './keyboard/dom.ts';
import './ui/tokens.css';
import './ui/base.css';

/** A copy beside the page, so that the first paint has the right theme and language before the engine answers. */
const pageStorage = {
  read: () => {
    try {
      return localStorage.getItem('handoff.screen');
    } catch {
      return null;
    }
  },
  write: (text: string) => {
    try {
      localStorage.setItem('handoff.screen', text);
    } catch {
      // A page without storage still has the engine's copy.
    }
  },
};

history.replaceState(history.state, '', withoutToken(location.href));

const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
const preferences = createPreferenceStore(pageStorage);
const { theme, locale: chosen } = preferences.getState();
const locale = resolveLocale(chosen, navigator.languages, Object.keys(RESOURCES));
dressDocument(document.documentElement, locale, theme);

createRoot(must(document.getElementById('root'), '#root')).render(
  <App
    client={connectEngine(window, seededRng(seed))}
    i18n={createI18n<TextKey>({ locale, resources: RESOURCES })}
    screen={createScreenStore()}
    preferences={preferences}
    regions={REGIONS}
    network={pageNetwork(window)}
    clock={{ now: () => epochMillis(Date.now()) }}
    platform={platformOf(navigator.platform)}
    languages={navigator.languages}
    timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
  />,
);
