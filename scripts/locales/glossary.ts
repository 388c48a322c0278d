import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readText } from '../checks/files.ts';
import type { TextFinding } from './finding.ts';
import type { Entry } from './flat-json.ts';
import { type LocaleFile, type LocaleTree, SOURCE } from './tree.ts';

const PATH = 'locales/glossary.json';

const glossarySchema = z.strictObject({
  /** Names that stay as they are. */
  kept: z.array(z.string().min(1)),
  /** A word of the source and the beginnings of words that may stand for it. */
  terms: z.array(
    z.strictObject({
      source: z.string().min(1),
      note: z.string().optional(),
      translations: z.record(z.string(), z.array(z.string().min(1)).min(1)),
    }),
  ),
  forbidden: z.record(
    z.string(),
    z.array(z.strictObject({ text: z.string().min(1), use: z.string(), why: z.string() })),
  ),
  /** Source texts that a translation may repeat word for word. */
  sameAsSource: z.array(z.string()),
});
type Glossary = z.infer<typeof glossarySchema>;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Whether the source says the term as words of their own; a plural s may follow. */
function says(text: string, term: string): boolean {
  return new RegExp(`(?<![\\p{L}])${escaped(term)}s?(?![\\p{L}])`, 'iu').test(text);
}

function holds(text: string, part: string): boolean {
  return text.toLocaleLowerCase().includes(part.toLocaleLowerCase());
}

function termFaults(glossary: Glossary, tag: string, source: string, text: string): readonly string[] {
  const kept = glossary.kept
    .filter((name) => source.includes(name) && !text.includes(name))
    .map((name) => `the name "${name}" is kept as it is`);
  const terms = glossary.terms.flatMap((term) => {
    const allowed = term.translations[tag];
    if (allowed === undefined || !says(source, term.source)) return [];
    if (allowed.some((part) => holds(text, part))) return [];
    return [`"${term.source}" is called ${allowed.map((part) => `"${part}"`).join(' or ')}`];
  });
  const forbidden = (glossary.forbidden[tag] ?? [])
    .filter((entry) => holds(text, entry.text))
    .map((entry) => `not "${entry.text}" but "${entry.use}": ${entry.why}`);
  return [...kept, ...terms, ...forbidden];
}

/** The source text that an entry translates: its own key's, or that of a plural form the source has. */
function sourceText(source: LocaleFile, key: string): string | undefined {
  const exact = source.entries.find((entry) => entry.key === key);
  if (exact !== undefined) return exact.text;
  const base = key.replace(/_(zero|one|two|few|many|other)$/, '');
  return source.entries.find((entry) => entry.key === `${base}_other`)?.text;
}

const LETTERS = /\p{L}/u;

function isUntranslated(glossary: Glossary, source: string, text: string): boolean {
  if (text !== source || glossary.sameAsSource.includes(source)) return false;
  return LETTERS.test(source.replace(/\{\{[^{}]*\}\}/g, ''));
}

function entryFaults(
  glossary: Glossary,
  file: LocaleFile,
  source: string,
  entry: Entry,
): readonly TextFinding[] {
  const faults = termFaults(glossary, file.tag, source, entry.text);
  // Units and months are often the same in two languages.
  const untranslated = file.feature !== 'formats' && isUntranslated(glossary, source, entry.text);
  return [
    ...faults,
    ...(untranslated ? [`untranslated: the same as the source (${PATH}, sameAsSource)`] : []),
  ].map((message) => ({
    path: file.path,
    line: entry.line,
    column: entry.column,
    message: `"${entry.key}": ${message}`,
  }));
}

/** Words of the trade, kept names, forbidden words, and texts that nobody translated. */
export function checkGlossary(root: string, tree: LocaleTree): readonly TextFinding[] {
  if (!existsSync(join(root, PATH))) return [{ path: PATH, line: 0, column: 0, message: 'is missing' }];
  let read: unknown;
  try {
    read = JSON.parse(readText(root, PATH));
  } catch (error) {
    return [{ path: PATH, line: 0, column: 0, message: `invalid JSON: ${String(error)}` }];
  }
  const parsed = glossarySchema.safeParse(read);
  if (!parsed.success) return [{ path: PATH, line: 0, column: 0, message: z.prettifyError(parsed.error) }];
  const glossary = parsed.data;
  return tree.files
    .filter(({ tag }) => tag !== SOURCE)
    .flatMap((file) => {
      const source = tree.files.find((other) => other.tag === SOURCE && other.feature === file.feature);
      return file.entries.flatMap((entry) => {
        const text = source === undefined ? undefined : sourceText(source, entry.key);
        return text === undefined ? [] : entryFaults(glossary, file, text, entry);
      });
    });
}
