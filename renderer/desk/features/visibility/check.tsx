import { useState } from 'react';
import css from '../fields/fields-section.module.css';

/** A checkbox that shows at once what was chosen, and goes back where that is refused. */
export function Check(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => Promise<boolean>;
}) {
  const { label, checked, onChange } = props;
  const [seen, setSeen] = useState(checked);
  const [chosen, setChosen] = useState<boolean | null>(null);
  if (seen !== checked) {
    setSeen(checked);
    setChosen(null);
  }
  return (
    <input
      type="checkbox"
      className={css.check}
      aria-label={label}
      checked={chosen ?? checked}
      disabled={props.disabled}
      onChange={(event) => {
        setChosen(event.currentTarget.checked);
        void onChange(event.currentTarget.checked).then((saved) => {
          if (!saved) setChosen(null);
        });
      }}
    />
  );
}
