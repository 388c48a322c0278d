/**
 * Imported before anything that makes schemas: zod tries `new Function` when it is loaded, which the page's policy forbids
 * and reports. This tells it not to try (its own switch, read when it starts).
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
