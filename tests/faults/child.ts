// The process under test: node child.ts SCENARIO DIR. Says each step on descriptor 3 before it goes on.
import { writeSync } from 'node:fs';
import process from 'node:process';
import type { Line } from './ledger.ts';
import { SCENARIOS } from './scenarios.ts';

const [name, dir = ''] = process.argv.slice(2);
const scenario = SCENARIOS.find((one) => one.name === name);
if (scenario === undefined) throw new Error(`there is no scenario ${name ?? ''}`);
const say = (line: Line): void => {
  writeSync(3, `${JSON.stringify(line)}\n`);
};
await scenario.run(dir, say);
say({ state: 'ack', what: 'end', text: 'end' });
