import { readNumber } from '../fields/typed-input.ts';

/** A number of whole hours, as it is written: null for nothing, undefined for what is none between 1 and `most`. */
export function readHours(text: string, most: number, locale: string): number | null | undefined {
  if (text.trim() === '') return null;
  const read = readNumber(text, locale);
  return read !== undefined && Number.isInteger(read) && read >= 1 && read <= most ? read : undefined;
}
