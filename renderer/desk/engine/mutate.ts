import type { MutationArgs, MutationName } from '../../../src/mutations/registry.ts';
import type { Answer } from '../../../src/protocol/rpc/contract.ts';
import type { Saved } from '../../../src/protocol/rpc/status.ts';
import type { DeskClient } from './desk-client.ts';

/**
 * Makes a change: durable when it answers (Y1), or refused with the rule's code. Rejects with an `RpcError` when the engine
 * could not be asked; then nothing is known of it.
 */
export function mutate<Name extends MutationName>(
  client: DeskClient,
  name: Name,
  args: MutationArgs<Name>,
): Promise<Answer<Saved>> {
  return client.call('mutate', { name, args });
}
