import { createFormats } from '../../../../src/i18n/formats.ts';
import { createLabels } from '../../../../renderer/desk/i18n/labels.ts';
import type { DrillWords } from '../../../../renderer/desk/features/insight/drill-text.ts';
import { shippedI18n } from '../../i18n/support.ts';

/** What screens write with, in a shipped language and a reader's zone. */
export function wordsOf(tag: string, timeZone = 'UTC'): DrillWords {
  const { t } = shippedI18n(tag);
  return {
    t,
    labels: createLabels(t),
    formats: createFormats(t, tag, timeZone),
    agentName: (id) => `agent ${id}`,
  };
}
