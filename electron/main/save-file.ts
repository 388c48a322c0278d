import type { SaveDialogReturnValue } from 'electron';

/** What saving a file uses of the operating system. */
export interface SaveParts {
  /** Electron's dialog, with the name that is offered. */
  ask(name: string): Promise<Pick<SaveDialogReturnValue, 'canceled' | 'filePath'>>;
  copy(from: string, to: string): Promise<void>;
}

/** Asks where to put a finished file and copies it there; false when the reader wants it nowhere. Rejects when it cannot be copied. */
export async function saveFile(parts: SaveParts, path: string, name: string): Promise<boolean> {
  const { canceled, filePath } = await parts.ask(name);
  if (canceled || filePath === '') return false;
  await parts.copy(path, filePath);
  return true;
}
