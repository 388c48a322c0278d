import { z } from 'zod';
import type { attribution } from '../../mutations/insight-args.ts';
import type { IdleHours } from '../../mutations/policy-args.ts';
import { method } from './method.ts';

/** What the workspace has arranged for everybody, as this desk holds it. */
export interface WorkspaceSettings {
  /** IANA; null: nobody set it, and each desk counts in its computer's. */
  readonly zone: string | null;
  /** BCP 47; null: nobody set it, and names fall back to English (F2). */
  readonly language: string | null;
  /** After how many idle hours an AI conversation closes by itself (S3, O5). */
  readonly idleHours: IdleHours;
  /** Whether a customer's reply after closing starts a new conversation (S5). */
  readonly blockRepliesAfterClosing: boolean;
  /** What makes an order a sale of the AI's, by channel (A1); null: nothing was said. */
  readonly attribution: z.output<typeof attribution> | null;
  /** Names of the sources that conversations came from lately or that have a window of their own, in order. */
  readonly sources: readonly string[];
}

/** Queries about what is everybody's. */
export const settingsMethods = {
  /** Ask again on `info`. */
  'settings.workspace': method<WorkspaceSettings>()(z.object({})),
} as const;
