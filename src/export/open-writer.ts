import { extname } from 'node:path';
import type { ExportFormat } from '../domain/exports/policy.ts';
import { CsvWriter } from './csv-writer.ts';
import { openPendingFile } from './export-file.ts';
import { JsonlWriter } from './jsonl-writer.ts';
import type { TablesWriter, WriterOptions } from './table.ts';
import { filesTarget, oneFileTarget, zipTarget } from './text-target.ts';
import { XlsxWriter } from './xlsx/xlsx-writer.ts';

/**
 * Opens the writer of a format at `path`. CSV at a path that ends in `.zip` is one archive with a file for each table, else
 * a file each: the first at `path`, the others beside it. Throws what the file system throws.
 */
export function openWriter(format: ExportFormat, path: string, options: WriterOptions): TablesWriter {
  switch (format) {
    case 'xlsx':
      return new XlsxWriter(openPendingFile(path), options);
    case 'csv':
      return new CsvWriter(
        extname(path).toLowerCase() === '.zip' ? zipTarget(openPendingFile(path), '.csv') : filesTarget(path),
        options.zone,
      );
    case 'jsonl':
      return new JsonlWriter(oneFileTarget(openPendingFile(path)));
  }
}
