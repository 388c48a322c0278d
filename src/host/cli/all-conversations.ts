import type { Desk } from '../../desk/open-desk.ts';
import type { ListQuery, ListRow, Queue } from '../../protocol/rpc/list.ts';
import { ask } from './ask.ts';

const WINDOW = 500;

/** All rows of a queue in order of opening, a window at a time. */
export async function* rowsOfQueue(desk: Desk, queue: Queue): AsyncGenerator<ListRow> {
  const query: ListQuery = { queue, filters: {}, sort: { by: 'opened', direction: 'asc' } };
  const opened = await ask(desk, 'list.open', { query, limit: WINDOW });
  yield* opened.rows;
  for (let offset = opened.rows.length; offset < opened.total; offset += WINDOW) {
    yield* (await ask(desk, 'list.rows', { viewId: opened.viewId, offset, limit: WINDOW })).rows;
  }
}
