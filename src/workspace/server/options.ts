import type { MessengerPages } from '../../protocol/page/survey-page.ts';
import type { WorkspaceLog } from '../log-events.ts';

/** Requests a caller may make in a minute. Generous for people, tight for a loop gone wild. */
export interface RateLimits {
  readonly hello: number;
  readonly push: number;
  readonly pull: number;
  readonly bootstrap: number;
  readonly ingest: number;
  /** Requests with one customer's link. */
  readonly survey: number;
  /** Requests with a wrong token, by address. */
  readonly failures: number;
}

export const DEFAULT_RATE_LIMITS: RateLimits = {
  hello: 120,
  push: 3_000,
  pull: 3_000,
  bootstrap: 3_000,
  ingest: 1_200,
  survey: 120,
  failures: 60,
};

const MIB = 1024 * 1024;
/** Largest bodies: 10,000 events of a usual size, and 500 mutations of which a few carry long texts. */
export const INGEST_BODY = 32 * MIB;
export const SYNC_BODY = 16 * MIB;

export interface ServerOptions {
  readonly log: WorkspaceLog;
  /** Values of the Host header it answers to, besides loopback addresses at the bound port. */
  readonly hosts?: readonly string[];
  readonly limits?: Partial<RateLimits>;
  /** The pages for customers; without them there are none. */
  readonly pages?: MessengerPages;
  /** Least time between two pokes to the same desk, in milliseconds; 50 when absent. */
  readonly pokeInterval?: number;
  /** How long a socket may take to say its token, in milliseconds; 10,000 when absent. */
  readonly pokePatience?: number;
}
