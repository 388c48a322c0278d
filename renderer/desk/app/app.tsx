import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Clock } from '../../../src/base/time.ts';
import type { I18n } from '../../../src/i18n/create-i18n.ts';
import type { DeskClient } from '../engine/desk-client.ts';
import { EngineProvider } from '../engine/engine-provider.tsx';
import { useDeskQuery } from '../engine/use-desk-query.ts';
import { ExportOverlay } from '../features/exports/export-overlay.tsx';
import { Palette } from '../features/palette/palette.tsx';
import { CannotStart } from '../features/start/cannot-start.tsx';
import { ViewLinks } from '../features/views/view-links.tsx';
import { SequenceHint } from '../features/shortcuts/sequence-hint.tsx';
import { ShortcutSheet } from '../features/shortcuts/shortcut-sheet.tsx';
import type { TextKey } from '../i18n/keys.ts';
import { TextProvider, useText } from '../i18n/text-provider.tsx';
import type { KeySettings } from '../keyboard/bindings.ts';
import type { Platform } from '../keyboard/chord.ts';
import { KeyboardProvider } from '../keyboard/keyboard-provider.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { ToastProvider } from '../ui/toast.tsx';
import { AppCommands } from './app-commands.tsx';
import { resolveLocale, useDressedDocument } from './appearance.ts';
import { NowProvider } from './clock.tsx';
import { DeepLinks } from './deep-links.tsx';
import { NetworkWatch, type NetworkSource } from './network-watch.tsx';
import { PreferenceSync } from './preference-sync.tsx';
import type { PreferenceStore } from './preferences.ts';
import type { Regions } from './regions.tsx';
import type { ScreenStore } from './screen-store.ts';
import { Shell } from './shell.tsx';
import { StoresProvider, usePreference } from './stores.tsx';

/** Everything that surrounds the screens, handed in: tests hand in their own. */
export interface AppParts {
  readonly client: DeskClient;
  readonly i18n: I18n<TextKey>;
  readonly screen: ScreenStore;
  readonly preferences: PreferenceStore;
  readonly regions: Regions;
  readonly clock: Clock;
  readonly network: NetworkSource;
  readonly platform: Platform;
  /** The reader's languages in order, BCP 47. */
  readonly languages: readonly string[];
  /** IANA name. */
  readonly timeZone: string;
}

function Keyboard({ platform, children }: { readonly platform: Platform; readonly children: ReactNode }) {
  const set = usePreference((preferences) => preferences.shortcutSet);
  const remap = usePreference((preferences) => preferences.remap);
  const settings = useMemo<KeySettings>(() => ({ platform, set, remap }), [platform, set, remap]);
  return <KeyboardProvider settings={settings}>{children}</KeyboardProvider>;
}

function Surroundings({ platform, children }: { readonly platform: Platform; readonly children: ReactNode }) {
  const { direction, locale } = useText();
  useDressedDocument(
    locale,
    usePreference((preferences) => preferences.theme),
  );
  return (
    // Libraries inject no styles: what they would inject stands in our own files (strict policy, Trusted Types).
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={direction}>
        <Keyboard platform={platform}>
          <Tooltip.Provider>
            <LiveRegion>
              <ToastProvider>{children}</ToastProvider>
            </LiveRegion>
          </Tooltip.Provider>
        </Keyboard>
      </DirectionProvider>
    </CSPProvider>
  );
}

/** Changes the texts' language with the preference. */
function useChosenLanguage(parts: AppParts): void {
  const chosen = useStore(parts.preferences, (preferences) => preferences.locale);
  const { i18n, languages } = parts;
  useEffect(() => {
    const locale = resolveLocale(chosen, languages, i18n.available());
    if (locale !== i18n.locale()) void i18n.setLocale(locale);
  }, [chosen, i18n, languages]);
}

/** Everything over a desk; where there is none behind the line, why (Y15). Until that is known there is one. */
function Screens({ regions }: Pick<AppParts, 'regions'>) {
  const { data: start } = useDeskQuery('app.start', {});
  if (start?.state === 'failed') return <CannotStart first={start} />;
  return (
    <>
      <AppCommands />
      <DeepLinks />
      <ViewLinks />
      <Shell regions={regions} />
      <Palette />
      <ExportOverlay />
      <ShortcutSheet />
      <SequenceHint />
    </>
  );
}

/** The agent's app. */
export function App(parts: AppParts): ReactNode {
  useChosenLanguage(parts);
  const outcomeWords = useStore(parts.preferences, (preferences) => preferences.outcomeWords);
  return (
    <EngineProvider client={parts.client}>
      <StoresProvider screen={parts.screen} preferences={parts.preferences}>
        <TextProvider i18n={parts.i18n} timeZone={parts.timeZone} outcomeWords={outcomeWords}>
          <NowProvider clock={parts.clock}>
            <Surroundings platform={parts.platform}>
              <PreferenceSync />
              <NetworkWatch source={parts.network} />
              <Screens regions={parts.regions} />
            </Surroundings>
          </NowProvider>
        </TextProvider>
      </StoresProvider>
    </EngineProvider>
  );
}
