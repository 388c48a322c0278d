import { useText } from '../../i18n/text-provider.tsx';
import { Menu, MenuChoices } from '../../ui/menu.tsx';
import css from './fields.module.css';

type Choice = 'yes' | 'no' | 'unset';

/** Yes, no, or nothing. */
export function BooleanEditor(props: {
  readonly label: string;
  readonly value: boolean | null;
  readonly onSave: (value: boolean | null) => Promise<boolean>;
}) {
  const { label, value, onSave } = props;
  const { t } = useText();
  const texts = { yes: t('common:yes'), no: t('common:no'), unset: t('fields:unset') };
  const current: Choice = value === null ? 'unset' : value ? 'yes' : 'no';
  return (
    <Menu
      label={label}
      trigger={
        <button type="button" className={css.choice} aria-label={`${label}: ${texts[current]}`}>
          <span className={current === 'unset' ? css.quiet : undefined}>{texts[current]}</span>
        </button>
      }
    >
      <MenuChoices<Choice>
        value={current}
        choices={(['yes', 'no', 'unset'] as const).map((choice) => ({ value: choice, label: texts[choice] }))}
        onChoose={(choice) => void onSave(choice === 'unset' ? null : choice === 'yes')}
      />
    </Menu>
  );
}
