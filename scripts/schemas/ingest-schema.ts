import { z } from 'zod';
import { INGEST_LIMIT, ingestEventSchema } from '../../src/protocol/ingest.ts';

export const INGEST_SCHEMA_PATH = 'docs/ingest-events.schema.json';

/** The text of the published JSON schema of one ingest event, as a source writes it. */
export function ingestSchemaText(): string {
  const schema = z.toJSONSchema(ingestEventSchema, { io: 'input', target: 'draft-2020-12' });
  const document = {
    ...schema,
    title: 'Handoff ingest event',
    description: [
      'One event of an AI agent, a shop or an importer: a line of an NDJSON file, or an item of `events` in the body',
      `\`{ "events": [...] }\` of POST /ingest (at most ${INGEST_LIMIT.toLocaleString('en-US')} a request). The same \`id\` counts once;`,
      'any order within a batch; events of a conversation that has not started wait for its `conversation.started`.',
      'Unknown properties are ignored.',
    ].join(' '),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
