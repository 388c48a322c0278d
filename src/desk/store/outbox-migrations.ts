import type { Migration } from '../../sqlite/migrations.ts';
import { outboxTables } from './migrations/outbox-010-tables.ts';
import { outboxMerges } from './migrations/outbox-020-merges.ts';

/** Every step of `outbox.db` (Y15). */
export const OUTBOX_MIGRATIONS: readonly Migration[] = [outboxTables, outboxMerges];
