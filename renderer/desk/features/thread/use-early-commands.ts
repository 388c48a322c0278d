import { useEffect, useRef } from 'react';
import type { ConversationId } from '../../../../src/base/ids.ts';
import { COMMAND_IDS, type CommandId, commandSpec } from '../../keyboard/commands.ts';
import { useCommands, useKeys } from '../../keyboard/keyboard-provider.tsx';

interface Early {
  readonly openId: ConversationId;
  readonly id: CommandId;
}

const OF_CONVERSATION = COMMAND_IDS.filter((id) => commandSpec(id).group === 'conversation');

/**
 * Keys for the conversation that is being opened, pressed before the engine has answered: the first command waits until the
 * conversation is here and runs then, on that conversation and no other. What follows it is ignored, since what it means
 * may depend on what the first one shows.
 */
export function useEarlyCommands(openId: ConversationId | null, isHere: boolean): void {
  const keys = useKeys();
  const early = useRef<Early | null>(null);
  const wait = (id: CommandId): void => {
    if (openId !== null && early.current?.openId !== openId) early.current = { openId, id };
  };
  const handlers = OF_CONVERSATION.map((id) => [id, { run: () => wait(id) }] as const);
  useCommands(openId === null || isHere ? {} : Object.fromEntries(handlers));
  useEffect(() => {
    if (!isHere) return;
    const asked = early.current;
    early.current = null;
    if (asked !== null && asked.openId === openId) keys.run(asked.id);
  }, [openId, isHere, keys]);
}
