import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Preferences, PreferenceStore } from './preferences.ts';
import type { ScreenActions, ScreenState, ScreenStore } from './screen-store.ts';

interface Stores {
  readonly screen: ScreenStore;
  readonly preferences: PreferenceStore;
}

const StoresContext = createContext<Stores | null>(null);

export function StoresProvider(props: Stores & { readonly children: ReactNode }): ReactNode {
  const { screen, preferences, children } = props;
  return <StoresContext value={{ screen, preferences }}>{children}</StoresContext>;
}

function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (stores === null) throw new Error('invariant broken: no StoresProvider above this component');
  return stores;
}

/** A part of the screen's state: `useScreen((screen) => screen.openId)`. */
export function useScreen<T>(select: (screen: ScreenState) => T): T {
  return useStore(useStores().screen, select);
}

/** What changes the screen's state. */
export function useScreenActions(): ScreenActions {
  return useStores().screen.actions;
}

/** A part of the reader's preferences. */
export function usePreference<T>(select: (preferences: Preferences) => T): T {
  return useStore(useStores().preferences, select);
}

/** The store of preferences, for setting them. */
export function usePreferenceStore(): PreferenceStore {
  return useStores().preferences;
}
