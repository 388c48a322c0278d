import { particle } from './locale-text.ts';

/** What the slots of a conversation's texts stand for. */
export type Slots = ReadonlyMap<string, string>;

const SLOT = /\{\{(\w+)(?:\|([^}]+))?\}\}/g;

/**
 * Puts values into `{{slot}}` and, for Korean, the fitting particle after `{{slot|을}}`.
 * Throws on a slot without a value: a sample text with a hole is a broken file.
 */
export function fill(template: string, slots: Slots): string {
  return template.replace(SLOT, (_match, name: string, suffix: string | undefined) => {
    const value = slots.get(name);
    if (value === undefined) throw new Error(`invariant broken: no value for the slot ${name}`);
    return suffix === undefined ? value : value + particle(value, suffix);
  });
}

/** Says whether a text speaks of one of these slots. */
export function mentions(template: string, names: readonly string[]): boolean {
  return [...template.matchAll(SLOT)].some((match) => names.includes(match[1] ?? ''));
}
