import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type ExitCode, type Io, usageError } from './io.ts';

/** An option of a command, as its help shows it. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the help, `DIR`. */
  readonly value?: string;
  readonly help: string;
  readonly default?: string | boolean;
}

/** The values of a call: options by name, and what stands beside them. */
export interface Call {
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** What commands are given by the composition root. */
export interface CommandContext {
  readonly io: Io;
  /** Root of the project or package: where `out/web` and `resources` lie. */
  readonly appRoot: string;
}

export interface Command {
  /** One word or two: `import`, `agents add`. */
  readonly name: string;
  readonly arguments: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  run(call: Call, context: CommandContext): Promise<ExitCode>;
}

export const DEFAULT_DATA_DIR = '.handoff/data';

/** The option that every command has. */
export const DATA_OPTION: OptionSpec = {
  type: 'string',
  value: 'DIR',
  help: 'where the data lies',
  default: DEFAULT_DATA_DIR,
};

export const JSON_OPTION: OptionSpec = { type: 'boolean', help: 'print JSON' };

/** A string option's value; undefined when it was not given. */
export function textOption(call: Call, name: string): string | undefined {
  const value = call.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The data directory of a call. */
export function dataOption(call: Call): string {
  return textOption(call, 'data') ?? DEFAULT_DATA_DIR;
}

/** True when a boolean option was given. */
export function flagOption(call: Call, name: string): boolean {
  return call.options[name] === true;
}

/** A port option: 0–65535, or a usage error naming the option. */
export function portOption(call: Call, name: string, fallback: number): number {
  const text = textOption(call, name);
  if (text === undefined) return fallback;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw usageError(`--${name} takes a port from 0 to 65535, not "${text}"`);
  return port;
}

/** Parses the words after a command's name; throws a usage error that names the wrong one. */
export function parseCall(command: Command, words: readonly string[]): Call {
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean' } };
  for (const [name, spec] of Object.entries(command.options)) options[name] = { type: spec.type };
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options,
      allowPositionals: true,
      strict: true,
    });
    const flat: Record<string, string | boolean | undefined> = {};
    for (const [name, value] of Object.entries(values)) if (!Array.isArray(value)) flat[name] = value;
    return { options: flat, positionals };
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error));
  }
}

/** The help text of one command. */
export function commandHelp(command: Command): string {
  const lines = [
    `Usage: handoff ${command.name} ${command.arguments}`.trimEnd(),
    '',
    command.summary,
    '',
    'Options:',
  ];
  const rows = Object.entries(command.options).map(([name, spec]) => ({
    left: `  --${name}${spec.value === undefined ? '' : ` ${spec.value}`}`,
    right: spec.help + (spec.default === undefined ? '' : ` (default: ${String(spec.default)})`),
  }));
  rows.push({ left: '  --help', right: 'show this help' });
  const width = Math.max(...rows.map((row) => row.left.length)) + 2;
  for (const row of rows) lines.push(row.left.padEnd(width) + row.right);
  return `${lines.join('\n')}\n`;
}
