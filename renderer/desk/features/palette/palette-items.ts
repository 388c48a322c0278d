import type { SearchHit } from '../../../../src/protocol/rpc/status.ts';
import type { Text } from '../../i18n/keys.ts';
import { COMMAND_GROUPS, COMMAND_IDS, type CommandId, commandSpec } from '../../keyboard/commands.ts';
import type { CommandRegistry } from '../../keyboard/registry.ts';
import { ranked } from './match.ts';

export type PaletteItem =
  | {
      readonly kind: 'command';
      readonly id: string;
      readonly label: string;
      readonly command: CommandId;
      /** Why it cannot run now; null when it can. */
      readonly why: string | null;
    }
  | { readonly kind: 'hit'; readonly id: string; readonly label: string; readonly hit: SearchHit };

/** Commands that answer the query: recent ones first while nothing is typed, unavailable ones last. */
export function commandItems(
  t: Text,
  registry: CommandRegistry,
  recent: readonly CommandId[],
  query: string,
): readonly PaletteItem[] {
  const byGroup = COMMAND_GROUPS.flatMap((group) =>
    COMMAND_IDS.filter((id) => commandSpec(id).group === group),
  );
  const order = [...recent, ...byGroup.filter((id) => !recent.includes(id))];
  const items = order
    .filter((id) => commandSpec(id).hidden !== true)
    .map((id): PaletteItem => {
      const availability = registry.availability(id);
      const why = availability.live ? null : t(availability.why ?? 'palette:unavailable.generic');
      return { kind: 'command', id: `command:${id}`, label: t(`shortcuts:command.${id}`), command: id, why };
    });
  const matching = ranked(items, query, ({ label }) => label);
  const isLive = (item: PaletteItem): boolean => item.kind !== 'command' || item.why === null;
  return [...matching.filter(isLive), ...matching.filter((item) => !isLive(item))];
}

/** The engine's messages as items. */
export function hitItems(hits: readonly SearchHit[]): readonly PaletteItem[] {
  return hits.map((hit) => ({ kind: 'hit', id: `hit:${hit.messageId}`, label: hit.text, hit }));
}

/** The latest commands, newest first. */
export function withRecent(recent: readonly CommandId[], id: CommandId): readonly CommandId[] {
  return [id, ...recent.filter((other) => other !== id)].slice(0, 6);
}
