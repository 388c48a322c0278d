/** Returns `value`, or throws when it is null or undefined: the caller knows it cannot be. `what` names it for the log. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`invariant broken: ${what} is missing`);
  return value;
}
