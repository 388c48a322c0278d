import { describe, expect, test } from 'vitest';
import { saveFile } from '../../../electron/main/save-file.ts';

describe('saving a finished export', () => {
  const copied: string[] = [];
  const copy = async (from: string, to: string): Promise<void> => {
    copied.push(`${from} > ${to}`);
  };

  test('asks with the name that is offered, and copies it to where the reader says', async () => {
    const asked: string[] = [];
    const ask = async (name: string) => {
      asked.push(name);
      return { canceled: false, filePath: '/somewhere/csat.xlsx' };
    };
    expect(await saveFile({ ask, copy }, '/d/1.xlsx', 'handoff-2026-11-21.xlsx')).toBe(true);
    expect(asked).toEqual(['handoff-2026-11-21.xlsx']);
    expect(copied).toEqual(['/d/1.xlsx > /somewhere/csat.xlsx']);
  });

  test('a reader who puts it nowhere gets nothing, and nothing is copied', async () => {
    const before = copied.length;
    const ask = async () => ({ canceled: true, filePath: '' });
    expect(await saveFile({ ask, copy }, '/d/1.xlsx', 'x.xlsx')).toBe(false);
    expect(copied).toHaveLength(before);
  });

  test('a disk that fails is the caller’s to tell', async () => {
    const ask = async () => ({ canceled: false, filePath: '/full/x.xlsx' });
    const full = async (): Promise<void> => Promise.reject(new Error('ENOSPC'));
    await expect(saveFile({ ask, copy: full }, '/d/1.xlsx', 'x.xlsx')).rejects.toThrow('ENOSPC');
  });
});
