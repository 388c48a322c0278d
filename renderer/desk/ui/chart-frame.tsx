import { ChartColumn, Table2 } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useText } from '../i18n/text-provider.tsx';
import css from './chart-frame.module.css';
import { IconButton } from './icon-button.tsx';

/** A chart with its title, what can be chosen about it, and the switch to its twin in rows and columns. */
export function ChartFrame(props: {
  readonly title: string;
  /** What it counts, in a few words under the title. */
  readonly about?: ReactNode;
  readonly controls?: ReactNode;
  readonly table: ReactNode;
  /** The chart; it may ask for the table. */
  readonly children: ReactNode | ((showTable: () => void) => ReactNode);
}) {
  const { t } = useText();
  const { children } = props;
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <section className={css.frame} aria-labelledby={id}>
      <header className={css.frameHead}>
        <div className={css.frameWords}>
          <h2 id={id} className={css.frameTitle}>
            {props.title}
          </h2>
          {props.about !== undefined && <p className={css.frameAbout}>{props.about}</p>}
        </div>
        {props.controls}
        <IconButton
          small
          icon={asTable ? ChartColumn : Table2}
          name={t(asTable ? 'charts:asChart' : 'charts:asTable')}
          onClick={() => setAsTable(!asTable)}
        />
      </header>
      {asTable ? props.table : typeof children === 'function' ? children(() => setAsTable(true)) : children}
    </section>
  );
}
