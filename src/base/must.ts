/** Returns `value`, or throws when it is null or undefined: the caller knows it cannot be. `what` names it for the log. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`invariant broken: ${what} is missing`);
  return value;
}

/** Marks a branch that the types rule out; throws when it is reached all the same. */
export function unreachable(value: never): never {
  throw new Error(`invariant broken: unexpected ${JSON.stringify(value)}`);
}
