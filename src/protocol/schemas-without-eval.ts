import { z } from 'zod';

// Imported before any schema is made where a page's policy forbids `eval`: zod tries it once while it makes the first
// schema, and the policy reports even a try that is caught.
z.config({ jitless: true });
