import { Download } from 'lucide-react';
import { useId, useState } from 'react';
import type { SegmentRule } from '../../../../src/domain/segments/rule.ts';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useChange, wireCodeOf } from '../actions/use-change.ts';
import { newDocumentId } from '../insight/document-id.ts';
import { digestOf, segmentFile } from './segment-file.ts';
import css from './segments.module.css';

interface Exported {
  readonly id: string;
  readonly name: string;
  readonly rule: SegmentRule;
}

function handOver(text: string, fileName: string): void {
  const link = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const anchor = document.createElement('a');
  anchor.href = link;
  anchor.download = fileName;
  anchor.click();
  URL.revokeObjectURL(link);
}

/** Makes the file and hands it out once the audit log has it; answers whether that was done. */
function useExport({ id, name, rule }: Exported): (reason: string) => Promise<boolean> {
  const client = useDeskClient();
  const change = useChange();
  const toasts = useToasts();
  const { t, labels, locale, formats } = useText();
  return async (reason) => {
    try {
      const head = [t('segments:column.id'), t('segments:customer.email'), t('segments:customer.phone')];
      const file = await segmentFile(client, rule, head);
      const recorded = await change(
        'export.record',
        {
          exportId: newDocumentId(),
          format: 'csv',
          languages: [locale],
          zone: formats.timeZone,
          range: { by: 'started', from: null, to: null },
          queue: `segment:${id}`.slice(0, 64),
          filters: JSON.stringify(rule),
          withMessages: false,
          reason: reason.trim() === '' ? null : reason.trim(),
          rows: { segment: file.rows },
          digest: await digestOf(file.text),
        },
        { quiet: true },
      );
      if (recorded) handOver(file.text, `${name}.csv`);
      return recorded;
    } catch (thrown) {
      toasts.show({ title: labels.wireError(wireCodeOf(thrown)), failed: true });
      return false;
    }
  };
}

function Form(props: Exported & { readonly reasonRequired: boolean; readonly onDone: () => void }) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const make = useExport(props);
  const id = useId();
  const start = async (): Promise<void> => {
    setBusy(true);
    const done = await make(reason);
    setBusy(false);
    if (done) props.onDone();
  };
  return (
    <form
      className={css.exportForm}
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <p className={css.exportAbout}>{t('segments:export.about')}</p>
      <label htmlFor={id}>{t('segments:export.reason')}</label>
      <TextField
        id={id}
        value={reason}
        maxLength={500}
        required={props.reasonRequired}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button look="primary" type="submit" disabled={busy || (props.reasonRequired && reason.trim() === '')}>
        {t('segments:export.start')}
      </Button>
    </form>
  );
}

/** Exports who is in a segment: customer id, e-mail, phone; never anonymous ones (K6, G1). */
export function ExportSegment(props: Exported) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const { data: options } = useDeskQuery('exports.options', {});
  return (
    <>
      <Button
        small
        icon={<Icon of={Download} />}
        disabled={options?.allowed !== true}
        title={options?.allowed === false ? t(`exports:notAllowed.${options.policy.role}`) : undefined}
        onClick={() => setOpen(true)}
      >
        {t('exports:open')}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('segments:export.title', { name: props.name })}>
        {open && (
          <Form
            {...props}
            reasonRequired={options?.policy.reasonRequired ?? true}
            onDone={() => setOpen(false)}
          />
        )}
      </Dialog>
    </>
  );
}
