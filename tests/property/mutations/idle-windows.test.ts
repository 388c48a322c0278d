import fc from 'fast-check';
import { expect, test } from 'vitest';
import { epochMillis, HOUR } from '../../../src/base/time.ts';
import { DEFAULT_POLICY } from '../../../src/domain/events.ts';
import { idleWindowOf } from '../../../src/domain/step.ts';
import { parsePolicy, POLICY_KEY } from '../../../src/mutations/policy-args.ts';
import { ANA, BO, minute } from '../../support/domain/history.ts';
import { Office } from '../../support/mutations/office.ts';

const SOURCES = ['zendesk', 'shop', 'toString'] as const;

const call = fc.record({
  source: fc.constantFrom(null, ...SOURCES),
  hours: fc.constantFrom(null, 1, 24, 48, 72),
  wait: fc.nat(3),
  actor: fc.constantFrom(ANA, BO),
});
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

/** The window of a source at a moment, by going through every call anew: slow and plain. */
function slowWindow(calls: readonly (Call & { readonly at: number })[], source: string, at: number): number {
  let every = 48;
  const own = new Map<string, number>();
  for (const one of calls) {
    if (one.at > at) break;
    if (one.source === null) every = one.hours ?? 48;
    else if (one.hours === null) own.delete(one.source);
    else own.set(one.source, one.hours);
  }
  return own.get(source) ?? every;
}

test('[S3] [O5] at every moment the window is the one that was in force then, however often it was set', () => {
  fc.assert(
    fc.property(fc.array(call, { maxLength: 25 }), (calls) => {
      const office = new Office();
      let now = 1;
      const dated = calls.map((one) => ({ ...one, at: (now += one.wait) }));
      for (const { source, hours, at, actor } of dated)
        office.do('settings.setIdleWindow', { source, hours }, at, actor);
      const setting = office.model.setting(POLICY_KEY);
      const policy = setting === null ? DEFAULT_POLICY : parsePolicy(setting.value);
      if (policy === null) throw new Error('the policy cannot be read');
      for (let at = 0; at <= now + 1; at += 1)
        for (const source of SOURCES)
          expect(idleWindowOf(policy, source, epochMillis(minute(at))) / HOUR).toBe(
            slowWindow(dated, source, at),
          );
    }),
    { numRuns: 300, seed: 20_261_121 },
  );
});
