import type { Clock } from '../../base/time.ts';
import { del, put } from '../../domain/rows.ts';
import { addressSetting } from '../../mutations/public-address.ts';
import { ADDRESS_KEY, addressOfSetting } from '../../protocol/surveys.ts';
import type { Store } from '../store/store.ts';

/**
 * Notes where the host lets customers in (Q5): null where nothing listens. An address that an admin set stands above it. A
 * host that says the same again writes nothing.
 */
export async function noteAddress(store: Store, url: string | null, clock: Clock): Promise<void> {
  const head = await store.head();
  const [setting] = await store.rows('setting', [[ADDRESS_KEY]]);
  const standing = addressOfSetting(setting?.value ?? null);
  if (standing?.by === 'admin' || (standing?.url ?? null) === url) return;
  const change =
    url === null
      ? del('setting', [ADDRESS_KEY])
      : put('setting', { key: ADDRESS_KEY, value: addressSetting({ url, by: 'host' }) });
  const committed = await store.commit({ expectedHead: head.seq, at: clock.now(), changes: [change] });
  if (!committed.ok) throw new Error('the log moved while the address was noted');
}
