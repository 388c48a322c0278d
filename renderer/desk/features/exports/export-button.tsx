import { Download } from 'lucide-react';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';

/** Opens the export dialog, from a screen whose figures one may want to take along. */
export function ExportButton() {
  const { t } = useText();
  const { show } = useScreenActions();
  return (
    <Button icon={<Icon of={Download} />} onClick={() => show('export')}>
      {t('exports:open')}
    </Button>
  );
}
