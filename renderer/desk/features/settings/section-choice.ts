import type { Role } from '../../../../src/domain/model.ts';
import type { SettingsSection } from './sections.ts';

const RANK: Readonly<Record<Role, number>> = { agent: 0, lead: 1, admin: 2 };

type Choosable = Pick<SettingsSection, 'id' | 'role'>;

/** The sections that a role sees, in their order. */
export function sectionsFor<S extends Choosable>(sections: readonly S[], role: Role): readonly S[] {
  return sections.filter((section) => RANK[role] >= RANK[section.role ?? 'agent']);
}

/** The section asked for, or the first one where there is none of that name for the reader. */
export function sectionOf<S extends Choosable>(sections: readonly S[], id: string | null): S | null {
  return sections.find((section) => section.id === id) ?? sections[0] ?? null;
}
