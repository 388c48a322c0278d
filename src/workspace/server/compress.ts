import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

/** Answers below this travel as they are. */
const WORTH_IT = 32 * 1024;

const gzipAsync = promisify(gzip);

/** Compresses large JSON answers for callers that take gzip. Off the main thread, at the fastest level. */
export function compressAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload: unknown) => {
    if (typeof payload !== 'string' || payload.length < WORTH_IT) return payload;
    reply.header('vary', 'accept-encoding');
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return payload;
    const packed = await gzipAsync(payload, { level: constants.Z_BEST_SPEED });
    reply.header('content-encoding', 'gzip');
    reply.removeHeader('content-length');
    return packed;
  });
}
