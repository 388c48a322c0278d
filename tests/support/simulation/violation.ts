/** An invariant that did not hold: its id and what was seen. */
export class Violation extends Error {
  readonly rule: string;

  constructor(rule: string, what: string) {
    super(`[${rule}] ${what}`);
    this.rule = rule;
  }
}

/** Ends the schedule: an invariant is broken. */
export function broken(rule: string, what: string): never {
  throw new Violation(rule, what);
}
