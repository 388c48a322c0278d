import { existsSync } from 'node:fs';
import path from 'node:path';

/** The recorded conversations of an airline's AI agent; lies beside the project, is not part of it. */
export const airlineFile = path.resolve(import.meta.dirname, '../../../shared/data/airline-ai-agent.ndjson');

/** Whether the file is here; tests that read it are skipped, with this reason, where it is not. */
export const hasAirlineData = existsSync(airlineFile);
if (!hasAirlineData)
  process.stderr.write(`skipped: tests on the airline data, since ${airlineFile} is absent\n`);
