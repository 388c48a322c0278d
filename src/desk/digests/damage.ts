/**
 * Thrown or reported where a part of the replica is not what it should be, although SQLite can read it. `places` names the
 * parts, for people and logs; what is found is marked (`distrust`), and the next opening builds the replica anew.
 */
export class DamagedReplica extends Error {
  readonly places: readonly string[];

  constructor(what: string, places: readonly string[]) {
    super(`${what}: ${places.join(', ')}`);
    this.places = places;
  }
}
