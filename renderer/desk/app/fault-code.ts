/** A short mark of an error, the same for the same fault: to copy into a report. */
export function faultCode(place: string, error: unknown): string {
  const text = error instanceof Error ? `${error.name}${error.message}` : String(error);
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return `${place}-${(hash >>> 0).toString(36)}`;
}
