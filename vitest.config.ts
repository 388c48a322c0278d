import { defineConfig } from 'vitest/config';

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error('The tests need Node 24: run them with npm test, npm run or npx, not with a bare node.');
}

export default defineConfig({
  test: {
    environment: 'node',
    include: [
      'tests/{unit,property,contract,migrations,simulation,faults,offline,protocol,locales,packaged,nets}/**/*.test.{ts,tsx}',
    ],
    // Limits for shared machines; no test asserts a duration.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    // A test left with .only would hide the others; the linter refuses it too.
    allowOnly: false,
    passWithNoTests: true,
  },
});
