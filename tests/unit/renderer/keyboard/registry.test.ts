import { describe, expect, test, vi } from 'vitest';
import { COMMAND_IDS } from '../../../../renderer/desk/keyboard/commands.ts';
import { createCommandRegistry, listAvailability } from '../../../../renderer/desk/keyboard/registry.ts';

describe('commands that screens handle', () => {
  test('nobody handles a command: it cannot run and has no reason', () => {
    const registry = createCommandRegistry();
    expect(registry.availability('list.next')).toEqual({ live: false, why: null });
    expect(registry.run('list.next')).toBe(false);
  });

  test('the latest handler wins, and the one before comes back when it goes', () => {
    const registry = createCommandRegistry();
    const ran: string[] = [];
    registry.add(() => ({ 'list.back': { run: () => ran.push('outer') } }));
    const remove = registry.add(() => ({ 'list.back': { run: () => ran.push('inner') } }));
    registry.run('list.back');
    remove();
    registry.run('list.back');
    expect(ran).toEqual(['inner', 'outer']);
  });

  test('a higher layer wins over a later handler', () => {
    const registry = createCommandRegistry();
    const ran: string[] = [];
    const remove = registry.add(() => ({ 'list.back': { run: () => ran.push('high') } }), 1);
    registry.add(() => ({ 'list.back': { run: () => ran.push('late') } }));
    registry.add(() => ({ 'list.back': { run: () => ran.push('latest') } }));
    registry.run('list.back');
    remove();
    registry.run('list.back');
    expect(ran).toEqual(['high', 'latest']);
  });

  test('one that is off lets another have it', () => {
    const registry = createCommandRegistry();
    const outer = vi.fn();
    registry.add(() => ({ 'list.back': { run: outer } }));
    registry.add(() => ({ 'list.back': { run: vi.fn(), enabled: false } }));
    expect(registry.run('list.back')).toBe(true);
    expect(outer).toHaveBeenCalledOnce();
  });

  test('says why it cannot run', () => {
    const registry = createCommandRegistry();
    registry.add(() => ({
      'app.undo': { run: vi.fn(), enabled: false, why: 'palette:unavailable.nothingToUndo' },
    }));
    expect(registry.availability('app.undo')).toEqual({
      live: false,
      why: 'palette:unavailable.nothingToUndo',
    });
  });

  test('a handler is read anew at each use', () => {
    const registry = createCommandRegistry();
    let enabled = false;
    registry.add(() => ({ 'app.undo': { run: vi.fn(), enabled } }));
    expect(registry.availability('app.undo').live).toBe(false);
    enabled = true;
    expect(registry.availability('app.undo').live).toBe(true);
  });

  test('listeners hear of coming, going and touching, until they leave', () => {
    const registry = createCommandRegistry();
    const listener = vi.fn();
    const stop = registry.subscribe(listener);
    const remove = registry.add(() => ({}));
    registry.touch();
    remove();
    stop();
    registry.touch();
    expect(listener).toHaveBeenCalledTimes(3);
    expect(registry.revision()).toBe(4);
  });

  test('[K7] every command of the table is listed', () => {
    const ids = listAvailability(createCommandRegistry()).map(({ id }) => id);
    expect(ids).toEqual(COMMAND_IDS);
  });
});
