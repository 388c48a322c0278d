import { describe, expect, test } from 'vitest';
import { menuTemplate } from '../../../electron/main/menu.ts';
import { failureText, shellTexts } from '../../../electron/main/texts.ts';

describe('words outside the page', () => {
  test.each([
    [['ko-KR'], '편집'],
    [['pt-PT', 'en'], 'Editar'],
    [['pt-BR'], 'Editar'],
    [['sv-FI'], 'Redigera'],
    [['fr-FR', 'ko'], '편집'],
    [['fr-FR'], 'Edit'],
    [[], 'Edit'],
  ])('for %j', (languages, edit) => {
    expect(shellTexts(languages).menu.edit).toBe(edit);
  });

  test('an engine that stopped is named by its code', () => {
    const texts = shellTexts(['en']);
    expect(failureText(texts, 'engineStopped')).toContain('engineStopped');
    expect(failureText(texts, '$&')).toContain('$&');
  });

  test('macOS has its own first menu and quits there', () => {
    const texts = shellTexts(['en']);
    expect(menuTemplate(texts, true, false)[0]?.label).toBe('Handoff');
    const roles = JSON.stringify(menuTemplate(texts, true, false)).match(/"role":"quit"/g);
    expect(roles).toHaveLength(1);
    expect(JSON.stringify(menuTemplate(texts, false, false)).match(/"role":"quit"/g)).toHaveLength(1);
  });
});
