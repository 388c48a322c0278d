import type { Migration } from '../../sqlite/migrations.ts';
import { replicaTables } from './migrations/replica-010-tables.ts';
import { replicaSync } from './migrations/replica-020-sync.ts';
import { replicaClockOffset } from './migrations/replica-030-clock-offset.ts';
import { replicaListIndexes } from './migrations/replica-100-list-indexes.ts';
import { replicaSearch } from './migrations/replica-110-search.ts';
import { replicaCsatMetricsReviews } from './migrations/replica-120-csat-metrics-reviews.ts';
import { replicaFieldValues } from './migrations/replica-130-field-values.ts';
import { replicaFeedIndexes } from './migrations/replica-140-feed-indexes.ts';
import { replicaRowDigests } from './migrations/replica-150-row-digests.ts';
import { replicaScope } from './migrations/replica-160-scope.ts';

/** Every step of `replica.db` (Y15). Ids 10–90: rows and sync; 100 and 110: list indexes and search; from 120 in the order they came. */
export const REPLICA_MIGRATIONS: readonly Migration[] = [
  replicaTables,
  replicaSync,
  replicaClockOffset,
  replicaListIndexes,
  replicaSearch,
  replicaCsatMetricsReviews,
  replicaFieldValues,
  replicaFeedIndexes,
  replicaRowDigests,
  replicaScope,
];
