import Driver from 'better-sqlite3';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { serveRpc } from '../../../../src/host/rpc/rpc-server.ts';
import { method } from '../../../../src/protocol/rpc/method.ts';

const contract = { save: method<null>()(z.object({})) };

test.each([
  ['SQLITE_FULL', 'diskFull'],
  ['SQLITE_IOERR_FSYNC', 'diskFailed'],
  ['SQLITE_MISUSE', 'internal'],
])('[Y1] a call that ends in %s is answered %s, with the id it is written down under', async (code, type) => {
  let receive: (message: unknown) => void = () => undefined;
  const answer = await new Promise((resolve) => {
    serveRpc(
      {
        post: resolve,
        onMessage: (listener) => {
          receive = listener;
        },
        onClose: () => undefined,
        close: () => undefined,
      },
      {
        contract,
        handlers: {
          save: () => {
            throw new Driver.SqliteError('the disk', code);
          },
        },
        topics: [],
        report: () => 'e-1',
      },
    );
    receive({ t: 'call', id: 1, method: 'save', input: {} });
  });
  expect(answer).toEqual({ t: 'err', id: 1, error: { type, detail: { errorId: 'e-1' } } });
});
