import type { z } from 'zod';
import type { WireError } from '../../protocol/errors.ts';
import { INVALIDATION_IDS } from '../../protocol/rpc/contract.ts';
import {
  type ClientFrame,
  clientFrameSchema,
  MAX_IN_FLIGHT,
  type ServerFrame,
} from '../../protocol/rpc/frames.ts';
import { type Handlers, WireFailure } from '../../protocol/rpc/handlers.ts';
import type { Contract } from '../../protocol/rpc/method.ts';
import type { RpcPort } from '../../protocol/rpc/port.ts';
import { diskCode } from '../../sqlite/failure.ts';
import { topicSender } from './topic-sender.ts';

export interface RpcService<C extends Contract> {
  readonly contract: C;
  readonly handlers: Handlers<C>;
  readonly topics: readonly string[];
  /** Writes down what a handler threw and answers the id it can be found under; only the id leaves the engine. */
  report(thrown: unknown, method: string): string;
  /** Calls one client may have running; more are answered `rateLimited`. */
  readonly maxInFlight?: number;
  /** Ids one event may name; more become null. */
  readonly maxIds?: number;
}

/** One connected client. */
export interface RpcSession {
  /** Tells the client, if it listens to `topic`, that these conversations changed; null: any. */
  publish(topic: string, ids: readonly string[] | null): void;
  close(): void;
}

type AnyHandler = (input: unknown, cancellation: AbortSignal) => unknown;

/**
 * Answers a client's calls until the port closes. Everything from the port is checked: a wrong frame with an id is
 * answered `badRequest`, one without closes the port; an unknown name is `unknownMethod`, also when it is a name that
 * every object has. A closed port cancels what runs. A failing disk has codes of its own.
 */
export function serveRpc<C extends Contract>(port: RpcPort, service: RpcService<C>): RpcSession {
  const running = new Map<number, AbortController>();
  const topics = topicSender(service.topics, service.maxIds ?? INVALIDATION_IDS, (frame) =>
    send(port, frame),
  );
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    topics.close();
    for (const controller of running.values()) controller.abort();
    port.close();
  };
  const take = (frame: ClientFrame): void => {
    switch (frame.t) {
      case 'call':
        void answerCall(port, service, running, frame);
        break;
      case 'cancel':
        running.get(frame.id)?.abort();
        break;
      case 'listen':
        topics.listen(frame.topic);
        break;
      case 'unlisten':
        topics.unlisten(frame.topic);
        break;
      case 'ack':
        topics.acknowledge(frame.topic);
        break;
    }
  };
  port.onClose(close);
  port.onMessage((message) => {
    if (!open) return;
    const frame = clientFrameSchema.safeParse(message);
    if (frame.success) {
      take(frame.data);
      return;
    }
    const id = idOf(message);
    if (id === null) close();
    else send(port, { t: 'err', id, error: { type: 'badRequest', path: pathOf(frame.error) } });
  });
  return {
    publish: (topic, ids) => {
      // A client may be gone before the engine has heard of it.
      if (open) topics.publish(topic, ids);
    },
    close,
  };
}

/** Runs one call and answers it. Never rejects. */
async function answerCall<C extends Contract>(
  port: RpcPort,
  service: RpcService<C>,
  running: Map<number, AbortController>,
  call: Extract<ClientFrame, { t: 'call' }>,
): Promise<void> {
  const { id, method } = call;
  const refuse = (error: WireError): void => send(port, { t: 'err', id, error });
  if (!Object.hasOwn(service.contract, method)) return refuse({ type: 'unknownMethod' });
  if (running.has(id)) return refuse({ type: 'badRequest', path: 'id' });
  if (running.size >= (service.maxInFlight ?? MAX_IN_FLIGHT)) return refuse({ type: 'rateLimited' });
  const input = service.contract[method]?.input.safeParse(call.input);
  if (input === undefined) return refuse({ type: 'unknownMethod' });
  if (!input.success) return refuse({ type: 'badRequest', path: pathOf(input.error) });
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const output = await handlerOf(service, method)(input.data, controller.signal);
    if (controller.signal.aborted) return;
    if (output instanceof WireFailure) return refuse(output.error);
    // JSON would drop an undefined output, and with it the answer.
    port.post({ t: 'ok', id, output: output ?? null } satisfies ServerFrame);
  } catch (thrown) {
    // What a handler throws once nobody waits is how it stopped.
    if (!controller.signal.aborted)
      refuse({ type: diskCode(thrown) ?? 'internal', detail: { errorId: service.report(thrown, method) } });
  } finally {
    running.delete(id);
  }
}

/** The handler of a checked name. The contract ties its input type to the schema that just passed. */
function handlerOf<C extends Contract>(service: RpcService<C>, method: string): AnyHandler {
  const handlers: Readonly<Record<string, unknown>> = service.handlers;
  const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
  if (!isHandler(handler)) throw new Error(`invariant broken: no handler for ${method}`);
  return handler;
}

function isHandler(value: unknown): value is AnyHandler {
  return typeof value === 'function';
}

function send(port: RpcPort, frame: ServerFrame): void {
  port.post(frame);
}

/** The id in a frame that is wrong otherwise; null when there is none to answer to. */
function idOf(message: unknown): number | null {
  if (typeof message !== 'object' || message === null || !('id' in message)) return null;
  const { id } = message;
  return typeof id === 'number' && Number.isInteger(id) && id > 0 ? id : null;
}

function pathOf(error: z.ZodError): string {
  return (error.issues[0]?.path ?? []).map(String).join('.');
}
