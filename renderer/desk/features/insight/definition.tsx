import { Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/text-provider.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Popover } from '../../ui/popover.tsx';
import css from './insight.module.css';

/** How a figure is counted, one click away. */
export function Definition({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const { t } = useText();
  const label = t('insight:definition', { name });
  return (
    <Popover
      label={label}
      trigger={
        <button type="button" className={css.info} aria-label={label}>
          <Icon of={Info} />
        </button>
      }
    >
      <div className={css.definition}>
        <strong>{name}</strong>
        <p>{children}</p>
      </div>
    </Popover>
  );
}
