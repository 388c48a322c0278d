import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SampleData, sampleDataSchema } from './scenario-data.ts';

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * Reads the sample's catalog, people, settings and scenario files from `directory` (`resources/sample`).
 * Throws where a file is missing or does not fit its schema: the files are part of the product.
 */
export function loadSampleData(directory: string): SampleData {
  const scenarios = join(directory, 'scenarios');
  const names = readdirSync(scenarios)
    .filter((name) => name.endsWith('.json'))
    .sort();
  return sampleDataSchema.parse({
    catalog: readJson(join(directory, 'products.json')),
    people: readJson(join(directory, 'people.json')),
    settings: readJson(join(directory, 'settings.json')),
    surveys: readJson(join(directory, 'surveys.json')),
    files: names.map((name) => readJson(join(scenarios, name))),
  });
}
