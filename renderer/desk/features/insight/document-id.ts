const LENGTH = 12;
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A new id for a document of the workspace, from the browser's own randomness. */
export function newDocumentId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  return Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join('');
}
