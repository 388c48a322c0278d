import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { checkLocales } from '../../scripts/locales/check.ts';

/** Files by path; a value that is no text is written as sorted JSON. */
export type Files = Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;

const GLOSSARY = {
  kept: ['Handoff'],
  terms: [
    { source: 'AI agent', translations: { ko: ['AI 상담원'], 'pt-BR': ['agente de IA'] } },
    { source: 'escalated', translations: { 'pt-BR': ['encaminhad'] } },
  ],
  forbidden: { 'pt-BR': [{ text: 'se intensificou', use: 'encaminhada', why: 'who has it' }] },
  sameAsSource: ['OK'],
};

const SOUND: Files = {
  'locales/glossary.json': GLOSSARY,
  'locales/en/inbox.json': {
    hello: 'Hello {{name}}',
    ok: 'OK',
    rows_one: '{{count}} row',
    rows_other: '{{count}} rows',
  },
  'locales/ko/inbox.json': { hello: '{{name}} 님, 안녕하세요', ok: 'OK', rows_other: '{{count}}행' },
  'locales/pt-BR/inbox.json': {
    hello: 'Olá, {{name}}',
    ok: 'OK',
    rows_many: '{{count}} de linhas',
    rows_one: '{{count}} linha',
    rows_other: '{{count}} linhas',
  },
  'renderer/desk/inbox.tsx': [
    'export function Inbox({ t, name }) {',
    "  return <p title={t('inbox:ok')}>{t('inbox:hello', { name })} {t('inbox:rows', { count: 2 })}</p>;",
    '}',
    '',
  ].join('\n'),
  'renderer/desk/inbox.module.css': '.row {\n  margin-inline-start: 4px;\n}\n',
};

/** Checks a small project without faults, with these files changed; a path with an empty text is left out. */
export function checkPlanted(change: Files = {}): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'handoff-locales-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries({ ...SOUND, ...change })) {
    if (content === '') continue;
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return checkLocales(root, []).lines;
}
