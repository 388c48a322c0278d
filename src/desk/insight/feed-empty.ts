import { z } from 'zod';
import { epochMillis } from '../../base/time.ts';
import type { WhyEmpty } from '../../protocol/rpc/insight.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import { readDocuments } from './segment-query.ts';

const STATUS_PREFIX = 'ai.status.';
const status = z.object({ enabled: z.boolean(), at: z.number() });

/** Sources whose AI agent is switched off, and since when; whether any is on (K7, O9). */
function switches(db: ReadableDb): Pick<WhyEmpty, 'switchedOff'> & { readonly someOn: boolean } {
  const known = readDocuments(db, STATUS_PREFIX).flatMap(({ key, value }) => {
    try {
      const parsed = status.safeParse(JSON.parse(value));
      return parsed.success ? [{ source: key.slice(STATUS_PREFIX.length), ...parsed.data }] : [];
    } catch {
      return [];
    }
  });
  const switchedOff = known
    .filter(({ enabled }) => !enabled)
    .map(({ source, at }) => ({ source, since: epochMillis(at) }));
  return { switchedOff, someOn: known.some(({ enabled }) => enabled) };
}

/** Why there is nothing to see (K7): `otherwise` says what is missing where conversations there are. */
export function whyEmpty(
  db: ReadableDb,
  hasConversations: boolean,
  otherwise: 'noneInRange' | 'noneOfMetric',
): WhyEmpty {
  const { switchedOff, someOn } = switches(db);
  const isOff = switchedOff.length > 0 && !someOn;
  if (isOff) return { reason: 'agentOff', switchedOff };
  return { reason: hasConversations ? otherwise : 'noConversationYet', switchedOff };
}
