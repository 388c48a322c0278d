import type { insightMethods } from '../../protocol/rpc/insight.ts';
import { type Handlers, WireFailure } from '../../protocol/rpc/handlers.ts';

const notYet = (): WireFailure => new WireFailure({ type: 'notFound' });

/** Answers the queries about how well the AI does. */
export function insightHandlers(): Handlers<typeof insightMethods> {
  return {
    'insight.overview': notYet,
    'insight.sales': notYet,
    'insight.metrics': notYet,
    'insight.activity': notYet,
    'insight.review': notYet,
    'insight.segments': notYet,
    'insight.segmentCount': notYet,
    'insight.segmentMembers': notYet,
    'insight.values': notYet,
    'insight.views': notYet,
    'insight.csat': notYet,
    'insight.csatComments': notYet,
  };
}
