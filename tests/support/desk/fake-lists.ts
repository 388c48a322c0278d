import type { ListService, ListServiceFactory, ReplicaChange } from '../../../src/desk/service/lists.ts';
import type { Facets } from '../../../src/protocol/rpc/list.ts';

/** A list service that answers nothing and remembers what it was told. */
export function fakeLists(): { readonly factory: ListServiceFactory; readonly told: ReplicaChange[] } {
  const told: ReplicaChange[] = [];
  const service: ListService = {
    open: () => ({ viewId: 'view', total: 0, ready: true, rows: [] }),
    rows: () => null,
    refresh: () => null,
    locate: () => null,
    close: () => undefined,
    passing: () => null,
    facets: () => Promise.reject<Facets>(new Error('not part of this test')),
    search: () => ({ hits: [], next: null, scope: { indexed: 0, total: 0 } }),
    rowsOf: () => [],
    changed: (change) => {
      told.push(change);
    },
    indexing: () => null,
    dispose: () => undefined,
  };
  return { factory: () => service, told };
}
