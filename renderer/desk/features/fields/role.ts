import { useDeskQuery } from '../../engine/use-desk-query.ts';

/** Whether the reader may change what is everybody's: leads and administrators. */
export function useIsLead(): boolean {
  const { data } = useDeskQuery('app.info', {});
  return data?.me.role === 'lead' || data?.me.role === 'admin';
}
