import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { useFieldNames, useFields } from '../fields/field-names.ts';
import { Section } from './field.tsx';
import { FieldFinder } from './field-finder.tsx';
import { lockedValue, ownValue } from './locked-value.tsx';
import { PanelFieldRow, type PanelProps } from './panel-field.tsx';
import { foldEmpty, OWN_FIELDS, panelFields, type PanelField } from './panel-fields.ts';
import { isTimingField } from './timing-fields.ts';
import css from './profile.module.css';

function isEmptyIn(view: ThreadView): (key: string) => boolean {
  return (key) => {
    const own = OWN_FIELDS.find((known) => known === key);
    const value = own === undefined ? lockedValue(view, key) : ownValue(view, own);
    return value === null || (own === 'skills' && value === '');
  };
}

function Rows(props: PanelProps & { readonly fields: readonly PanelField[] }) {
  const { fields, ...panel } = props;
  const nameOf = useFieldNames();
  const defined = useFields();
  return (
    <dl className={css.grid}>
      {fields.map((field) => (
        <PanelFieldRow
          key={field.key}
          {...panel}
          field={field}
          name={nameOf(field.key)}
          definition={defined?.fields.find(({ key }) => key === field.key)}
        />
      ))}
    </dl>
  );
}

/** The conversation's own profile (C1, C2, C7): what can be set first, what is locked after it, what is empty folded. */
export function ConversationSection(props: PanelProps) {
  const { t } = useText();
  const { goTo } = useScreenActions();
  const nameOf = useFieldNames();
  const [open, setOpen] = useState(false);
  const all = panelFields(useFields()).filter(
    ({ key, locked }) => locked !== 'undefined' || props.view.fields.some(({ field }) => field === key),
  );
  const untimed = all.filter(({ key }) => !isTimingField(key));
  const { shown, empty } = foldEmpty(untimed, isEmptyIn(props.view));
  const hidden = all.filter(({ visible }) => !visible).length;
  return (
    <Section
      title={t('profile:conversation')}
      aside={
        <FieldFinder
          fields={all}
          nameOf={nameOf}
          onShow={(key) => {
            if (empty.some((field) => field.key === key)) setOpen(true);
          }}
        />
      }
    >
      <Rows {...props} fields={shown} />
      {empty.length > 0 && (
        <button type="button" className={css.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className={cx(css.chevron, open && css.open)}>
            <Icon of={ChevronRight} mirrored={!open} />
          </span>
          {t('fields:empty', { count: empty.length })}
        </button>
      )}
      {open && <Rows {...props} fields={empty} />}
      {hidden > 0 && (
        <Button small look="quiet" className={css.hidden} onClick={() => goTo('settings', 'visibility')}>
          {t('fields:hidden', { count: hidden })}
        </Button>
      )}
    </Section>
  );
}
