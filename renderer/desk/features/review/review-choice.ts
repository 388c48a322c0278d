import type { ReviewChoice } from '../insight/insight-state.ts';

/** The choice without one of its parts. */
export function without(choice: ReviewChoice, part: keyof ReviewChoice): ReviewChoice {
  return Object.fromEntries(Object.entries(choice).filter(([name]) => name !== part));
}
