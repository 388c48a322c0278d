import type { ComponentType } from 'react';
import { type LucideIcon, SlidersHorizontal } from 'lucide-react';
import type { Role } from '../../../../src/domain/model.ts';
import type { TextKey } from '../../i18n/keys.ts';
import { GeneralSection } from './general-section.tsx';

/** One part of the settings; what a role may not change it may still read, so a section says itself what is locked. */
export interface SettingsSection {
  readonly id: string;
  readonly label: TextKey;
  readonly icon: LucideIcon;
  /** `mine`: this reader's own; `workspace`: the whole team's. */
  readonly group: 'mine' | 'workspace';
  readonly Section: ComponentType;
  /** Who sees it at all; everyone without it. */
  readonly role?: Role;
}

/** Every section, in the order they stand. A new one is one line here. */
export const SETTINGS_SECTIONS: readonly SettingsSection[] = [
  {
    id: 'general',
    label: 'settings:section.general',
    icon: SlidersHorizontal,
    group: 'mine',
    Section: GeneralSection,
  },
];
