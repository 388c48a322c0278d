import type { Migration } from '../../../../sqlite/migrations.ts';
import { initial } from './0010-initial.ts';
import { csatMetricsReviews } from './0020-csat-metrics-reviews.ts';
import { fieldHolders } from './0030-field-holders.ts';
import { closings } from './0040-closings.ts';
import { behind } from './0050-behind.ts';
import { withAi } from './0060-with-ai.ts';

/** Every step of the workspace's schema, in order (Y15). */
export const WORKSPACE_MIGRATIONS: readonly Migration[] = [
  initial,
  csatMetricsReviews,
  fieldHolders,
  closings,
  behind,
  withAi,
];
