import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { WireErrorCode } from '../../../../src/protocol/errors.ts';
import type { MutationArgs, MutationName } from '../../../../src/mutations/registry.ts';
import type { Refusal } from '../../../../src/mutations/mutation.ts';
import type { Answer } from '../../../../src/protocol/rpc/contract.ts';
import type { AppInfo, Saved } from '../../../../src/protocol/rpc/status.ts';
import { useNow } from '../../app/clock.tsx';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { mutate } from '../../engine/mutate.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { RpcError } from '../../engine/rpc-line.ts';
import { useFieldNames } from '../fields/field-names.ts';
import { momentText } from '../outbox/conflict-text.ts';
import { doneText } from './done-text.ts';

/** What a change shows besides doing it. */
export interface ChangeOptions {
  /** No toast when it is done: what changed is plain to see. A refusal is always said. */
  readonly quiet?: boolean;
  /** Offered beside a refusal of that code. */
  readonly onRefused?: { readonly code: Refusal['type']; readonly label: string; readonly run: () => void };
}

/** Makes a change; answers whether it is saved. Never rejects: what went wrong is said in a toast. */
export type Change = <Name extends MutationName>(
  name: Name,
  args: MutationArgs<Name>,
  options?: ChangeOptions,
) => Promise<boolean>;

/** The wire's code for what was thrown. */
export function wireCodeOf(thrown: unknown): WireErrorCode {
  return thrown instanceof RpcError ? thrown.code : 'internal';
}

function text(value: string | number | null | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The colleague whose change stands in the way, and since when; null where it is one's own, or nobody's name is known. */
function changedBy(
  { type, detail }: Refusal,
  info: AppInfo | undefined,
): { readonly name: string; readonly at: number } | null {
  const at = detail?.['at'];
  const who = detail?.['agentId'];
  if (type !== 'changedSince' || typeof at !== 'number' || who === info?.me.id) return null;
  const name = info?.agents.find(({ id }) => id === who)?.name;
  return name === undefined ? null : { name, at };
}

/** Says why something was refused, in words: who stood in the way, which field, what it takes and what came (F1). */
export function useRefusalText(): (refusal: Refusal) => string {
  const { t, labels, formats } = useText();
  const { data: info } = useDeskQuery('app.info', {});
  const fieldName = useFieldNames();
  const now = useNow();
  const at = useRef(now);
  useEffect(() => {
    at.current = now;
  }, [now]);
  return useCallback(
    (refusal) => {
      const { type, detail } = refusal;
      const by = changedBy(refusal, info);
      if (by !== null)
        return t('errors:changedBy', { name: by.name, time: momentText({ formats }, by.at, at.current) });
      const field = text(detail?.['field']);
      return labels.refusal(type, {
        name: info?.agents.find(({ id }) => id === detail?.['agentId'])?.name,
        field: field === undefined ? undefined : fieldName(field),
        expected: text(detail?.['expected']),
        got: text(detail?.['got']),
      });
    },
    [t, labels, formats, info, fieldName],
  );
}

/** Goes one step through an action's history (Y16). Without a mid: the latest that stands, or was taken back. */
export type Turn = (mid?: number) => Promise<void>;

/** Takes actions back, and does again what was taken back; says what came of it, and offers the other way. */
export function useTurns(): { readonly undo: Turn; readonly redo: Turn } {
  const client = useDeskClient();
  const toasts = useToasts();
  const { t, labels } = useText();
  const refusalText = useRefusalText();
  return useMemo(() => {
    const said = async (
      ask: () => Promise<Answer<Saved>>,
      none: string,
      onDone: (mid: number) => void,
    ): Promise<void> => {
      try {
        const answer = await ask();
        if (answer.ok) onDone(answer.value.mid);
        else if (answer.refusal.type === 'notFound') toasts.show({ title: none });
        else toasts.show({ title: refusalText(answer.refusal), failed: true });
      } catch (thrown) {
        toasts.show({ title: labels.wireError(wireCodeOf(thrown)), failed: true });
      }
    };
    const of = (mid: number | undefined) => (mid === undefined ? {} : { mid });
    const undo: Turn = (mid) =>
      said(
        () => client.call('undo.apply', of(mid)),
        t('activity:empty'),
        (done) => toasts.show({ title: t('activity:undone'), onRedo: () => void redo(done) }),
      );
    const redo: Turn = (mid) =>
      said(
        () => client.call('undo.redo', of(mid)),
        t('activity:redo.empty'),
        (done) => toasts.show({ title: t('activity:redone'), onUndo: () => void undo(done) }),
      );
    return { undo, redo };
  }, [client, toasts, t, labels, refusalText]);
}

/** The one way screens change anything: does it, tells what was done with an Undo, tells why it was refused. */
export function useChange(): Change {
  const client = useDeskClient();
  const toasts = useToasts();
  const { t, labels } = useText();
  const refusalText = useRefusalText();
  const { undo } = useTurns();
  return useCallback(
    async (name, args, options = {}) => {
      let answer: Answer<Saved>;
      try {
        answer = await mutate(client, name, args);
      } catch (thrown) {
        toasts.show({ title: labels.wireError(wireCodeOf(thrown)), failed: true });
        return false;
      }
      if (!answer.ok) {
        const { onRefused } = options;
        const offered = onRefused?.code === answer.refusal.type ? { action: onRefused } : {};
        toasts.show({ title: refusalText(answer.refusal), failed: true, ...offered });
        return false;
      }
      const { mid, undoable } = answer.value;
      if (options.quiet !== true) {
        toasts.show({ title: doneText(t, name), ...(undoable ? { onUndo: () => void undo(mid) } : {}) });
      }
      return true;
    },
    [client, toasts, t, labels, refusalText, undo],
  );
}
