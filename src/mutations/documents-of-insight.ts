import type { z } from 'zod';
import { ok, type Result } from '../base/result.ts';
import { settingChanges } from './documents.ts';
import { type Changes, refuse } from './history.ts';
import type { LoadedRows, Refusal } from './mutation.ts';

/** What a setting says by a schema; null where there is none, or nothing readable. */
export function standingDocument<T>(rows: LoadedRows, key: string, schema: z.ZodType<T>): T | null {
  const text = rows.setting(key)?.value;
  if (text === undefined) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Writes a document, or takes it away (null). `expect`: what must still stand (Y16), absent: whatever it is. */
export function writeDocument<T>(
  rows: LoadedRows,
  key: string,
  schema: z.ZodType<T>,
  write: { readonly content: T | null; readonly expect?: T | null | undefined },
): Result<Changes, Refusal> {
  const standing = standingDocument(rows, key, schema);
  if (write.expect !== undefined && !isSame(standing, write.expect)) return refuse('changedSince');
  if (write.content === null && standing === null) return refuse('notFound', { key });
  if (isSame(standing, write.content)) return ok([]);
  const value = write.content === null ? null : JSON.stringify(write.content);
  return ok(settingChanges(rows.setting(key), key, value));
}
