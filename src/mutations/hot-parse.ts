import { z } from 'zod';

/** Calls after which a schema is made into one function. That takes a millisecond or two: what is rare should not wait for it. */
const HOT = 16;

/**
 * `schema.safeParse` for what is checked again and again: from the sixteenth call on by a function that is made of the whole
 * schema, a tenth of the time. The same answers, issues included: whatever it does not take, the schema itself looks at (so a
 * refinement may run twice). Under a policy that forbids making functions it stays as it is.
 */
export function hotParse<T>(schema: z.ZodType<T>): (value: unknown) => z.ZodSafeParseResult<T> {
  let ready = schema;
  let calls = 0;
  return (value) => {
    calls += 1;
    if (calls === HOT && z.config().jitless !== true) ready = z.compile(schema);
    return ready.safeParse(value);
  };
}
