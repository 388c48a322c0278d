import { type Command, type CommandContext, commandHelp, parseCall } from './command.ts';
import { CommandError, EXIT, type ExitCode, usageError } from './io.ts';

/** The help of the whole command line. */
export function overallHelp(commands: readonly Command[]): string {
  const rows = commands.map((command) => ({
    left: `  ${command.name} ${command.arguments}`.trimEnd(),
    right: command.summary,
  }));
  const width = Math.max(...rows.map((row) => row.left.length)) + 2;
  const lines = [
    'Usage: handoff COMMAND …',
    '',
    'Commands:',
    ...rows.map((row) => row.left.padEnd(width) + row.right),
    '',
  ];
  lines.push('handoff COMMAND --help shows a command’s options.');
  lines.push('Exit codes: 0 complete, 1 partial, 2 usage, 3 data directory in use.');
  return `${lines.join('\n')}\n`;
}

function findCommand(commands: readonly Command[], words: readonly string[]): Command | undefined {
  const two = words.slice(0, 2).join(' ');
  return (
    commands.find((command) => command.name === two) ?? commands.find((command) => command.name === words[0])
  );
}

/** Runs the command that `words` name and returns its exit code. Unexpected errors are the caller's. */
export async function runCommandLine(
  commands: readonly Command[],
  words: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  try {
    const [first] = words;
    if (first === undefined || first === '--help' || first === 'help') {
      const help = overallHelp(commands);
      if (first === undefined) throw usageError(help.trimEnd());
      context.io.out(help);
      return EXIT.complete;
    }
    const command = findCommand(commands, words);
    if (command === undefined) throw usageError(`there is no command "${first}"; handoff --help lists them`);
    const call = parseCall(command, words.slice(command.name.split(' ').length));
    if (call.options['help'] === true) {
      context.io.out(commandHelp(command));
      return EXIT.complete;
    }
    return await command.run(call, context);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    context.io.err(`handoff: ${error.message}\n`);
    return error.exitCode;
  }
}
