import type { Role } from '../domain/model.ts';

const RANK: Readonly<Record<Role, number>> = { agent: 0, lead: 1, admin: 2 };

/** Whether `role` may do what asks for at least `least`. */
export function roleAllows(role: Role, least: Role): boolean {
  return RANK[role] >= RANK[least];
}
