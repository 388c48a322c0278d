import type { HeldList, ListQuery, OpenList } from '../../protocol/rpc/list.ts';
import type { DeskCore } from '../desk-core.ts';
import { listNeed } from './needs.ts';

/** Says of opened lists from when on they are whole (Y9): a count over a part never passes for a total. */
export class HeldLists {
  readonly #core: Pick<DeskCore, 'part' | 'replica'>;
  readonly #queries = new Map<string, ListQuery>();

  constructor(core: Pick<DeskCore, 'part' | 'replica'>) {
    this.#core = core;
  }

  opened(query: ListQuery, list: OpenList): HeldList {
    this.#queries.set(list.viewId, query);
    return this.said(list);
  }

  said(list: OpenList): HeldList {
    const query = this.#queries.get(list.viewId);
    const need = query === undefined ? null : listNeed(this.#core.replica.db, query);
    const isWhole = need === null || this.#core.part.holds(need);
    return { ...list, since: isWhole ? null : this.#core.part.state().since };
  }

  closed(viewId: string): void {
    this.#queries.delete(viewId);
  }
}
