import { describe, expect, test } from 'vitest';
import { checkPlanted } from './planted.ts';

const KO = 'locales/ko/inbox.json';
const PT = 'locales/pt-BR/inbox.json';
const hello = '{{name}} 님, 안녕하세요';
const portuguese = {
  hello: 'Olá, {{name}}',
  ok: 'OK',
  rows_many: '{{count}} de linhas',
  rows_one: '{{count}} linha',
  rows_other: '{{count}} linhas',
};

test('a project without faults has none', () => {
  expect(checkPlanted()).toEqual([]);
});

describe('keys', () => {
  test('a missing one', () => {
    expect(checkPlanted({ [KO]: { hello, rows_other: '{{count}}행' } })).toEqual([`${KO}: missing key "ok"`]);
  });

  test('one that the source does not have', () => {
    expect(checkPlanted({ [KO]: { extra: '더', hello, ok: 'OK', rows_other: '{{count}}행' } })).toEqual([
      `${KO}:2:3: key "extra" is not in locales/en/inbox.json`,
    ]);
  });

  test('one that stands twice, with its place', () => {
    const text = `{\n  "hello": "${hello}",\n  "hello": "${hello}",\n  "ok": "OK",\n  "rows_other": "{{count}}행"\n}`;
    expect(checkPlanted({ [KO]: text })).toEqual([`${KO}:3:3: duplicate key "hello"`]);
  });

  test('one out of order', () => {
    expect(checkPlanted({ [KO]: { ok: 'OK', hello, rows_other: '{{count}}행' } })).toEqual([
      `${KO}:3:3: "hello" belongs before "ok"`,
    ]);
  });

  test('an empty text', () => {
    expect(checkPlanted({ [KO]: { hello, ok: ' ', rows_other: '{{count}}행' } })).toEqual([
      `${KO}:3:3: "ok" is empty`,
    ]);
  });

  test('a file that is missing, and one that the source does not have', () => {
    expect(checkPlanted({ [KO]: '', 'locales/ko/other.json': {} })).toEqual([
      'locales/ko/inbox.json: the file is missing',
      'locales/ko/other.json: the source has no such file',
    ]);
  });
});

describe('JSON that is none', () => {
  test.each([
    ['{\n  "hello": "a",\n  "ok" "b"\n}', '3:8: expected : after "ok", found "\\""'],
    ['{\n  "hello": "a"\n  "ok": "b"\n}', '3:3: expected , or } after "hello", found "\\""'],
    ['{\n  "hello": { "a": "b" }\n}', '2:12: expected a text in quotes for "hello", found "{"'],
    ['{\n  "hello": "a",\n}', '3:1: expected a key in quotes, found "}"'],
    ['[]', '1:1: expected {, found "["'],
    ['{ "hello": "a" } x', '1:18: expected the end of the file, found "x"'],
    ['{ "hello": "a', '1:12: expected a text in quotes for "hello", found "\\""'],
  ])('%j', (text, fault) => {
    expect(checkPlanted({ [KO]: text })).toContain(`${KO}:${fault}`);
  });
});

describe('placeholders', () => {
  test('a missing one', () => {
    expect(checkPlanted({ [KO]: { hello: '안녕하세요', ok: 'OK', rows_other: '{{count}}행' } })).toEqual([
      `${KO}:2:3: "hello": missing placeholder or tag: name`,
    ]);
  });

  test('another one', () => {
    const faults = checkPlanted({ [KO]: { hello: '{{이름}} 님', ok: 'OK', rows_other: '{{count}}행' } });
    expect(faults).toEqual([
      `${KO}:2:3: "hello": missing placeholder or tag: name`,
      `${KO}:2:3: "hello": placeholder or tag that the source does not have: 이름`,
    ]);
  });

  test.each(['{{name} 님', '{name}} 님', '{{name', '{name} 님'])('one that is not closed: %s', (text) => {
    expect(checkPlanted({ [KO]: { hello: text, ok: 'OK', rows_other: '{{count}}행' } })).toEqual([
      `${KO}:2:3: "hello": a placeholder is not closed`,
    ]);
  });

  test('a tag that is missing', () => {
    const faults = checkPlanted({
      'locales/en/inbox.json': {
        hello: 'Hello <b>{{name}}</b>',
        ok: 'OK',
        rows_one: '{{count}} row',
        rows_other: '{{count}} rows',
      },
      [PT]: { ...portuguese, hello: 'Olá, <b>{{name}}</b>' },
    });
    expect(faults).toEqual([
      `${KO}:2:3: "hello": missing placeholder or tag: </b>`,
      `${KO}:2:3: "hello": missing placeholder or tag: <b>`,
    ]);
  });
});

describe('plural forms', () => {
  test('a missing one: Portuguese has many', () => {
    const { rows_many: _, ...rest } = portuguese;
    expect(checkPlanted({ [PT]: rest })).toEqual([`${PT}:4:3: "rows": missing plural form: many`]);
  });

  test('a superfluous one: Korean has only other', () => {
    const faults = checkPlanted({
      [KO]: { hello, ok: 'OK', rows_one: '{{count}}행', rows_other: '{{count}}행' },
    });
    expect(faults).toEqual([`${KO}:4:3: "rows": superfluous plural form: one`]);
  });

  test('none where the source has them', () => {
    expect(checkPlanted({ [KO]: { hello, ok: 'OK', rows: '{{count}}행' } })).toEqual([
      `${KO}:4:3: "rows" needs plural forms`,
    ]);
  });

  test('some where the source has none', () => {
    expect(checkPlanted({ [KO]: { hello_other: hello, ok: 'OK', rows_other: '{{count}}행' } })).toEqual([
      `${KO}:2:3: "hello" has no plural forms in the source`,
    ]);
  });

  test('the source itself is held to its own', () => {
    const faults = checkPlanted({
      'locales/en/inbox.json': { hello: 'Hello {{name}}', ok: 'OK', rows_other: '{{count}} rows' },
    });
    expect(faults).toEqual(['locales/en/inbox.json:4:3: "rows": missing plural form: one']);
  });
});

describe('words', () => {
  const withText = (source: string, text: string) =>
    checkPlanted({
      'locales/en/inbox.json': {
        hello: source,
        ok: 'OK',
        rows_one: '{{count}} row',
        rows_other: '{{count}} rows',
      },
      [KO]: { hello: '대화가 인계됨 AI 상담원 Handoff', ok: 'OK', rows_other: '{{count}}행' },
      [PT]: { ...portuguese, hello: text },
    });

  test('a term that is not called what the glossary says', () => {
    expect(withText('Ask the AI agent', 'Pergunte ao robô')).toEqual([
      `${PT}:2:3: "hello": "AI agent" is called "agente de IA"`,
    ]);
    expect(withText('Ask the AI agents', 'Pergunte aos agentes de IA')).toEqual([
      `${PT}:2:3: "hello": "AI agent" is called "agente de IA"`,
    ]);
  });

  test('escalated is not “se intensificou”', () => {
    expect(withText('The chat escalated', 'A conversa se intensificou')).toEqual([
      `${PT}:2:3: "hello": "escalated" is called "encaminhad"`,
      `${PT}:2:3: "hello": not "se intensificou" but "encaminhada": who has it`,
    ]);
    expect(withText('The chat escalated', 'A conversa foi encaminhada')).toEqual([]);
  });

  test('a name that is kept', () => {
    expect(withText('About Handoff', 'Sobre a Entrega')).toEqual([
      `${PT}:2:3: "hello": the name "Handoff" is kept as it is`,
    ]);
  });

  test('a text that nobody translated', () => {
    expect(withText('Good morning', 'Good morning')).toEqual([
      `${PT}:2:3: "hello": untranslated: the same as the source (locales/glossary.json, sameAsSource)`,
    ]);
  });

  test('a part of another word is not the term', () => {
    expect(withText('De-escalatedly', 'Calmamente')).toEqual([]);
  });

  test.each([
    ['', 'is missing'],
    ['{', 'invalid JSON'],
    ['{"kept": 1}', 'kept'],
  ])('a glossary that is none: %j', (text, fault) => {
    expect(checkPlanted({ 'locales/glossary.json': text }).join()).toContain(fault);
  });
});

describe('code', () => {
  const PATH = 'renderer/desk/planted.tsx';
  const planted = (body: string) => checkPlanted({ [PATH]: `export const A = ({ t, name }) => ${body};\n` });

  test.each([
    ['<p>Hello</p>', 'literal text in a component: "Hello"'],
    ['<p>{"Hello"}</p>', 'literal text in a component: "Hello"'],
    ['<p>{`Hello ${name}`}</p>', 'literal text in a component: "Hello"'],
    ['<p>안녕</p>', 'literal text in a component: "안녕"'],
    ['<p aria-label="Hello" />', 'literal text in aria-label: "Hello"'],
    ['<p title={"Hello"} />', 'literal text in title: "Hello"'],
    ['<p title={`Hello ${name}`} />', 'literal text in title: "Hello"'],
    ['<input placeholder="Hello" />', 'literal text in placeholder: "Hello"'],
    ['<img alt="Hello" />', 'literal text in alt: "Hello"'],
    ['<IconButton name="Hello" />', 'literal text in name: "Hello"'],
  ])('%s', (body, fault) => {
    const [line = '', ...more] = planted(body);
    expect(line).toContain(`${PATH}:1:`);
    expect(line).toContain(fault);
    expect(more).toEqual([]);
  });

  test.each([
    '<p>{name}</p>',
    '<p> · </p>',
    '<p>{" — "}</p>',
    '<p className="row" data-kind="Hello" />',
    '<input name="field" />',
    '<p>Handoff</p>',
  ])('nothing is wrong with %s', (body) => {
    expect(planted(body)).toEqual([]);
  });

  test('a key that is nowhere, with its place', () => {
    expect(planted("<p>{t('inbox:nowhere')}</p>")).toEqual([
      `${PATH}:1:41: no text has the key "inbox:nowhere"`,
    ]);
  });

  test('a key that nobody asks for', () => {
    const faults = checkPlanted({ 'renderer/desk/inbox.tsx': "export const a = (t) => t('inbox:ok');\n" });
    expect(faults).toEqual([
      'locales/en/inbox.json:2:3: nothing asks for "hello"',
      'locales/en/inbox.json:4:3: nothing asks for "rows_one"',
      'locales/en/inbox.json:5:3: nothing asks for "rows_other"',
    ]);
  });

  test('a key that is put together counts by its pattern', () => {
    const code = "export const a = (t, b) => [t('inbox:ok'), t(`inbox:${b}`)];\n";
    expect(checkPlanted({ 'renderer/desk/inbox.tsx': code })).toEqual([]);
  });

  test('the desktop app may read its texts by property', () => {
    const file = { quit: 'OK' };
    const change = {
      'locales/en/menu.json': file,
      'locales/ko/menu.json': file,
      'locales/pt-BR/menu.json': file,
    };
    expect(checkPlanted(change)).toEqual(['locales/en/menu.json:2:3: nothing asks for "quit"']);
    const code = "import menu from '../locales/en/menu.json';\nexport const quit = menu.quit;\n";
    const faults = checkPlanted({ ...change, 'electron/main.ts': code });
    expect(faults.filter((line) => line.includes('nothing asks'))).toEqual([]);
  });

  test('words in tests and in the pure rooms are not the reader’s', () => {
    expect(checkPlanted({ 'src/base/a.ts': "export const a = 'Hello';\n" })).toEqual([]);
  });
});

describe('styles', () => {
  const planted = (rule: string) =>
    checkPlanted({ 'renderer/desk/planted.module.css': `.a {\n  ${rule};\n}\n` });

  test.each([
    'margin-left: 4px',
    'padding-right: 4px',
    'border-left: 1px solid',
    'border-top-left-radius: 2px',
    'left: 0',
    'right: 0',
    'text-align: left',
    'float: right',
    'width: 10px',
    'max-height: 10px',
    'top: 0',
    'margin-bottom: 4px',
  ])('%s is not logical', (rule) => {
    const faults = planted(rule);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('renderer/desk/planted.module.css:2:3: ');
  });

  test.each(['color: #fff', 'background: rgb(0 0 0)', 'color: oklch(0.5 0.1 255)'])(
    '%s is a colour outside the tokens',
    (rule) => {
      expect(planted(rule).join()).toContain('colours stand in renderer/desk/ui/tokens.css');
    },
  );

  test('a duration outside the tokens', () => {
    expect(planted('transition: opacity 200ms').join()).toContain('200ms: durations stand in');
  });

  test.each([
    'margin-inline-start: 4px',
    'inset-inline-end: 0',
    'text-align: start',
    'min-inline-size: 0',
    'line-height: 1.2',
    'border-width: 1px',
    'transition: opacity var(--motion)',
    'animation-duration: 0s',
    '/* left: 0 */ color: inherit',
  ])('nothing is wrong with %s', (rule) => {
    expect(planted(rule)).toEqual([]);
  });

  test('a media query may ask for the window’s width', () => {
    const css = '@media (max-width: 860px) {\n  .a {\n    color: inherit;\n  }\n}\n';
    expect(checkPlanted({ 'renderer/desk/planted.module.css': css })).toEqual([]);
  });
});
