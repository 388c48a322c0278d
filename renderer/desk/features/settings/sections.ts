import type { ComponentType } from 'react';
import {
  Clock,
  Download,
  Eye,
  Globe,
  HardDriveDownload,
  type LucideIcon,
  SlidersHorizontal,
  Smile,
  Sparkles,
  TextCursorInput,
  Timer,
} from 'lucide-react';
import type { Role } from '../../../../src/domain/model.ts';
import type { TextKey } from '../../i18n/keys.ts';
import { ExportsSection } from '../exports/exports-section.tsx';
import { FieldsSection } from '../fields/fields-section.tsx';
import { HoursSection } from '../hours/hours-section.tsx';
import { PolicySection } from '../hours/policy-section.tsx';
import { ScopeSection } from '../scope/scope-section.tsx';
import { SurveysSection } from '../surveys/surveys-section.tsx';
import { VisibilitySection } from '../visibility/visibility-section.tsx';
import { AccountSection } from './account-section.tsx';
import { AiSection } from './ai-section.tsx';
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
  {
    id: 'visibility',
    label: 'fields:visible.section',
    icon: Eye,
    group: 'mine',
    Section: VisibilitySection,
  },
  {
    id: 'account',
    label: 'settings:section.account',
    icon: Globe,
    group: 'workspace',
    Section: AccountSection,
  },
  {
    id: 'ai',
    label: 'settings:section.ai',
    icon: Sparkles,
    group: 'workspace',
    Section: AiSection,
  },
  {
    id: 'fields',
    label: 'fields:section',
    icon: TextCursorInput,
    group: 'workspace',
    Section: FieldsSection,
  },
  {
    id: 'hours',
    label: 'hours:section',
    icon: Clock,
    group: 'workspace',
    Section: HoursSection,
  },
  {
    id: 'timings',
    label: 'hours:policy.section',
    icon: Timer,
    group: 'workspace',
    Section: PolicySection,
  },
  {
    id: 'surveys',
    label: 'surveys:section',
    icon: Smile,
    group: 'workspace',
    Section: SurveysSection,
  },
  {
    id: 'scope',
    label: 'scope:section',
    icon: HardDriveDownload,
    group: 'workspace',
    Section: ScopeSection,
  },
  {
    id: 'exports',
    label: 'exports:section',
    icon: Download,
    group: 'workspace',
    Section: ExportsSection,
  },
];
