import { describe, expect, test } from 'vitest';
import {
  type Call,
  type Command,
  DATA_OPTION,
  dataOption,
  flagOption,
  JSON_OPTION,
  portOption,
} from '../../../../src/host/cli/command.ts';
import { CommandError, EXIT, formatCount, plural } from '../../../../src/host/cli/io.ts';
import { runCommandLine } from '../../../../src/host/cli/run.ts';
import { capturedIo } from '../../../support/captured-io.ts';

function setup(run: (call: Call) => Promise<0 | 1 | 2 | 3> = async () => EXIT.complete) {
  const io = capturedIo();
  const calls: Call[] = [];
  const command = (name: string): Command => ({
    name,
    arguments: 'FILE',
    summary: `does ${name}`,
    options: { data: DATA_OPTION, json: JSON_OPTION, port: { type: 'string', value: 'N', help: 'a port' } },
    run: async (call) => {
      calls.push(call);
      return run(call);
    },
  });
  const commands = [command('import'), command('agents add'), command('agents list')];
  return {
    io,
    calls,
    call: (...words: string[]) => runCommandLine(commands, words, { io, appRoot: '/nowhere' }),
  };
}

describe('the command line', () => {
  test('finds commands of one word and of two, with options and what stands beside them', async () => {
    const { call, calls } = setup();
    expect(await call('import', 'a.ndjson', '--data', 'D', '--json')).toBe(EXIT.complete);
    expect(await call('agents', 'add', 'Mina', '--data=E')).toBe(EXIT.complete);
    expect(calls[0]?.positionals).toEqual(['a.ndjson']);
    expect(dataOption(calls[0] as Call)).toBe('D');
    expect(flagOption(calls[0] as Call, 'json')).toBe(true);
    expect(calls[1]?.positionals).toEqual(['Mina']);
    expect(dataOption(calls[1] as Call)).toBe('E');
  });

  test('[D3] usage errors name what is wrong and end with 2', async () => {
    const { call, io } = setup();
    expect(await call('imporf')).toBe(EXIT.usage);
    expect(io.errors()).toContain('"imporf"');
    expect(await call('import', '--wat')).toBe(EXIT.usage);
    expect(io.errors()).toContain('--wat');
    expect(await call('import', '--data')).toBe(EXIT.usage);
    expect(await call()).toBe(EXIT.usage);
    expect(io.output()).toBe('');
  });

  test('help goes to stdout: of the whole, and of a command', async () => {
    const { call, io, calls } = setup();
    expect(await call('--help')).toBe(EXIT.complete);
    expect(io.output()).toContain('does agents add');
    expect(await call('agents', 'add', '--help')).toBe(EXIT.complete);
    expect(io.output()).toContain('--data DIR');
    expect(calls).toEqual([]);
  });

  test('a command error becomes a line and its exit code; other errors are not hidden', async () => {
    const busy = setup(async () => {
      throw new CommandError('in use', EXIT.inUse);
    });
    expect(await busy.call('import')).toBe(EXIT.inUse);
    expect(busy.io.errors()).toBe('handoff: in use\n');
    const broken = setup(async () => {
      throw new TypeError('bug');
    });
    await expect(broken.call('import')).rejects.toThrow('bug');
  });

  test('a port is a number from 0 to 65535', async () => {
    const ports: number[] = [];
    const { call, io } = setup(async (given) => {
      ports.push(portOption(given, 'port', 4710));
      return EXIT.complete;
    });
    await call('import', '--port', '0');
    await call('import');
    expect(ports).toEqual([0, 4710]);
    for (const wrong of ['65536', 'x', '1.5', ''])
      expect(await call('import', `--port=${wrong}`)).toBe(EXIT.usage);
    expect(io.errors()).toContain('--port takes a port from 0 to 65535, not "x"');
  });

  test('counts read as people write them', () => {
    expect(formatCount(2841)).toBe('2,841');
    expect(plural(1, 'conversation')).toBe('1 conversation');
    expect(plural(0, 'entry', 'entries')).toBe('0 entries');
  });
});
