import { type Finding, type Report, readText } from './files.ts';

type Json = Readonly<Record<string, unknown>>;

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

/**
 * package.json names exact versions; the lock holds every optional platform package it mentions (`npm ci` refuses it
 * otherwise), no address of a registry, and no install script that package.json does not decide on.
 */
export function checkLock(root: string): Report {
  const manifest = asObject(JSON.parse(readText(root, 'package.json')));
  const lock = asObject(JSON.parse(readText(root, 'package-lock.json')));
  const packages = Object.entries(asObject(lock['packages']));
  const paths = packages.map(([path]) => path);
  const findings: Finding[] = [];
  const fault = (path: string, message: string): void => void findings.push({ path, line: 0, message });

  for (const [name, version] of KINDS.flatMap((kind) => Object.entries(asObject(manifest[kind])))) {
    if (typeof version !== 'string' || !EXACT.test(version)) {
      fault('package.json', `${name} has no exact version: ${String(version)}`);
    }
  }
  const scripts = asObject(manifest['allowScripts']);
  for (const [path, value] of packages) {
    const entry = asObject(value);
    for (const name of Object.keys(asObject(entry['optionalDependencies']))) {
      if (!paths.some((other) => other.endsWith(`node_modules/${name}`))) {
        fault('package-lock.json', `${path || 'package.json'} wants ${name}, which has no entry`);
      }
    }
    const name = path.split('node_modules/').at(-1) ?? path;
    if (entry['hasInstallScript'] === true && !(name in scripts)) {
      fault('package.json', `${name} has an install script that allowScripts does not mention`);
    }
    if (typeof entry['resolved'] === 'string') fault('package-lock.json', `${path} names a registry`);
  }
  return { findings, notes: [`${packages.length} packages`] };
}
