/** What the program was asked for on its command line; everything else there is Chromium's or nobody's. */
export interface ShellArguments {
  /** Where conversations are kept; null: the app's own folder. */
  readonly dataDir: string | null;
  /** A workspace elsewhere; null: the one beside the desk. */
  readonly remote: { readonly url: string; readonly tokenFile: string } | null;
}

/** Reads `--data DIR`, `--workspace URL` and `--token-file F`, each also with `=`. A workspace needs its token's file. */
export function shellArguments(args: readonly string[]): ShellArguments {
  const url = optionValue(args, '--workspace');
  const tokenFile = optionValue(args, '--token-file');
  return {
    dataDir: optionValue(args, '--data'),
    remote: url === null || tokenFile === null ? null : { url, tokenFile },
  };
}

function optionValue(args: readonly string[], name: string): string | null {
  for (const [index, argument] of args.entries()) {
    if (argument.startsWith(`${name}=`)) return argument.slice(name.length + 1) || null;
    if (argument !== name) continue;
    const value = args[index + 1];
    return value === undefined || value.startsWith('--') ? null : value;
  }
  return null;
}
