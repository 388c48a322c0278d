import { localizedName } from './locale.ts';

/** A field's names: what the workspace gave, and what this product ships for the ready-made ones (C8). */
export interface FieldNames {
  readonly key: string;
  /** By BCP 47 tag, the workspace's. */
  readonly names: Readonly<Record<string, string>>;
  /** By BCP 47 tag, this product's: used where the workspace gave none for the language. */
  readonly shipped?: Readonly<Record<string, string>>;
}

/**
 * F2: the name of a field in a language: that language, its base, a sibling of that base, the workspace's default
 * language, and at last the key. A name of the workspace wins over a shipped one of the same language.
 */
export function fieldName(field: FieldNames, tag: string, workspaceDefault: string): string {
  return localizedName({ ...field.shipped, ...field.names }, tag, workspaceDefault, field.key);
}
