import { describe, expect, test } from 'vitest';
import {
  linkedList,
  linkedView,
  listHash,
  parseViewText,
  sameList,
  type ViewContent,
  viewHash,
  viewText,
} from '../../../../renderer/desk/features/views/view-query.ts';

const CONTENT: ViewContent = {
  mode: 'table',
  list: {
    queue: 'all',
    filters: { tag: ['leverans & retur', '반품'], aiOutcome: ['notResolvedByAi'] },
    among: {
      of: 'overview',
      from: '2026-06-01',
      to: '2026-06-07',
      zone: 'Europe/Stockholm',
      group: { by: 'tag', value: null },
    },
    sort: { by: 'activity', direction: 'desc' },
  },
};

describe('[O8] saved views', () => {
  test('are read back as they were saved', () => {
    expect(parseViewText(viewText(CONTENT))).toEqual(CONTENT);
  });

  test.each([
    '',
    'null',
    '[]',
    '{',
    '{"list":{}}',
    '{"list":{"queue":"nowhere","filters":{},"sort":{"by":"activity","direction":"desc"}}}',
  ])('%j is none', (text) => {
    expect(parseViewText(text)).toBeNull();
  });

  test('a form that is not known is the table', () => {
    const { list } = CONTENT;
    expect(parseViewText(JSON.stringify({ list, mode: 'carousel' }))?.mode).toBe('table');
    expect(parseViewText(JSON.stringify({ list, mode: 'split' }))?.mode).toBe('split');
  });
});

describe('[O8] links', () => {
  test('to a list as it is, the figure it is behind included', () => {
    const hash = listHash(CONTENT);
    expect(linkedList(hash)).toEqual(CONTENT);
    expect(linkedView(hash)).toBeNull();
  });

  test('to a saved view', () => {
    expect(linkedView(viewHash('v 1/2'))).toBe('v 1/2');
    expect(linkedList(viewHash('v1'))).toBeNull();
  });

  test.each(['', '#/c/air-1', '#/view/', '#/list/%E0%A4%A', '#/view/%E0%A4%A', '#/list/nonsense'])(
    '%j leads nowhere',
    (hash) => {
      expect(linkedList(hash)).toBeNull();
      expect(linkedView(hash)).toBeNull();
    },
  );
});

describe('[O8] whether a list is a saved view', () => {
  test('the order of filters does not matter', () => {
    const { list } = CONTENT;
    const turned = {
      ...list,
      filters: { aiOutcome: ['notResolvedByAi'], tag: ['leverans & retur', '반품'] },
    };
    expect(sameList(list, turned)).toBe(true);
  });

  test('another value, order or figure is another list', () => {
    const { list } = CONTENT;
    const { among: _among, ...without } = list;
    expect(sameList(list, { ...list, filters: { tag: ['반품'] } })).toBe(false);
    expect(sameList(list, { ...list, sort: { by: 'activity', direction: 'asc' } })).toBe(false);
    expect(sameList(list, without)).toBe(false);
  });
});
