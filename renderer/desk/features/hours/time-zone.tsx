import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { LocalPicker, type PickItem } from '../../ui/combobox.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Popover } from '../../ui/popover.tsx';
import popup from '../../ui/popup.module.css';

interface ZoneItem extends PickItem {
  readonly offset: string;
}

function offsetOf(zone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    timeZoneName: 'shortOffset',
  }).formatToParts();
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** A time zone, found by its city or region. */
export function TimeZoneField(props: {
  readonly zone: string;
  readonly disabled: boolean;
  readonly onChange: (zone: string) => void;
}) {
  const { zone, disabled, onChange } = props;
  const { t, locale } = useText();
  const [open, setOpen] = useState(false);
  const items = (): readonly ZoneItem[] =>
    Intl.supportedValuesOf('timeZone').map((id) => ({
      id,
      label: id.replaceAll('_', ' '),
      offset: offsetOf(id, locale),
    }));
  return (
    <Popover
      bare
      label={t('hours:zone')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button disabled={disabled} aria-label={`${t('hours:zone')}: ${zone}`}>
          <bdi>{zone.replaceAll('_', ' ')}</bdi> <Icon of={ChevronDown} />
        </Button>
      }
    >
      {open && (
        <LocalPicker<ZoneItem>
          label={t('hours:zone')}
          placeholder={t('hours:zone.search')}
          empty={t('hours:zone.none')}
          items={items()}
          onPick={({ id }) => {
            onChange(id);
            setOpen(false);
          }}
          renderItem={({ label, offset }) => (
            <>
              <span className={popup.label}>
                <bdi>{label}</bdi>
              </span>
              <span className={popup.aside}>{offset}</span>
            </>
          )}
        />
      )}
    </Popover>
  );
}
