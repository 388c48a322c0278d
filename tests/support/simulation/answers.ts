/** Answers to mutations, by client and number. */
export class Answers {
  readonly #of = new Map<string, Map<number, Set<string>>>();

  add(client: string, mid: number, status: string): void {
    const mids = this.#of.get(client) ?? new Map<number, Set<string>>();
    this.#of.set(client, mids);
    const known = mids.get(mid);
    if (known === undefined) mids.set(mid, new Set([status]));
    else known.add(status);
  }

  /** Whether a mutation was answered; so, where a status is named. */
  has(client: string, mid: number, status?: string): boolean {
    const known = this.#of.get(client)?.get(mid);
    return known !== undefined && (status === undefined || known.has(status));
  }
}
