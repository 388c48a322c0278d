import { Filter, X } from 'lucide-react';
import { useState } from 'react';
import {
  CUSTOMER_PROPERTIES,
  type PropertyFilter,
  SEGMENT_EVENTS,
  type SegmentCondition,
  type SegmentEvent,
  type Within,
} from '../../../../src/domain/segments/rule.ts';
import { useNow } from '../../app/clock.tsx';
import { RichText } from '../../i18n/rich-text.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Select } from '../../ui/select.tsx';
import {
  CONDITION_TYPES,
  conditionOf,
  CUSTOMER_OPS,
  type CustomerCondition,
  type EventCondition,
  filterOn,
  replaced,
  typedValues,
  wholeNumber,
  withCustomer,
  withEvent,
  withinOf,
} from './rule-edit.ts';
import css from './segments.module.css';
import { PROPERTIES, ValuePicker } from './value-picker.tsx';

type OnChange<T> = (next: T) => void;

/** A number in a sentence: what is no number stays in the field and changes nothing. */
function NumberField(props: {
  readonly label: string;
  readonly value: number;
  readonly most: number;
  readonly onChange: OnChange<number>;
}) {
  const [text, setText] = useState(String(props.value));
  return (
    <TextField
      inputMode="numeric"
      className={css.number}
      aria-label={props.label}
      aria-invalid={wholeNumber(text, props.most) === null}
      value={text}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const value = wholeNumber(typed, props.most);
        if (value !== null) props.onChange(value);
      }}
    />
  );
}

function EventSelect(props: { readonly value: SegmentEvent; readonly onChange: OnChange<SegmentEvent> }) {
  const { t } = useText();
  return (
    <Select<SegmentEvent>
      label={t('segments:event')}
      value={props.value}
      choices={SEGMENT_EVENTS.map((value) => ({ value, label: t(`segments:event.${value}`) }))}
      onChange={props.onChange}
    />
  );
}

function useToday(): string {
  const { formats } = useText();
  const { year, month, day } = formats.civil(useNow());
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function WithinControl({
  within,
  onChange,
}: {
  readonly within: Within;
  readonly onChange: OnChange<Within>;
}) {
  const { t } = useText();
  const today = useToday();
  return (
    <span className={css.within}>
      <Select<Within['type']>
        label={t('segments:within')}
        value={within.type}
        choices={(['ever', 'lastDays', 'between'] as const).map((value) => ({
          value,
          label: t(`segments:within.${value}`),
        }))}
        onChange={(type) => onChange(withinOf(type, within, today))}
      />
      {within.type === 'lastDays' && (
        <RichText
          k="segments:within.days"
          values={{
            days: (
              <NumberField
                label={t('segments:within.lastDays')}
                value={within.days}
                most={3660}
                onChange={(days) => onChange({ ...within, days })}
              />
            ),
          }}
        />
      )}
      {within.type === 'between' &&
        (['from', 'to'] as const).map((end) => (
          <TextField
            key={end}
            type="date"
            className={css.day}
            aria-label={t(`insight:range.${end}`)}
            value={within[end]}
            onChange={(event) => {
              const day = event.currentTarget.value;
              if (day !== '') onChange({ ...within, [end]: day });
            }}
          />
        ))}
    </span>
  );
}

function FilterLine(props: {
  readonly filter: PropertyFilter;
  readonly onChange: OnChange<PropertyFilter | null>;
}) {
  const { filter, onChange } = props;
  const { t } = useText();
  return (
    <div className={css.where}>
      <RichText
        k="segments:where"
        values={{
          property: <span>{t(`segments:property.${filter.property}`)}</span>,
          op: (
            <Select<PropertyFilter['op']>
              label={t('segments:op')}
              value={filter.op}
              choices={(['isAnyOf', 'isNoneOf'] as const).map((value) => ({
                value,
                label: t(`segments:op.${value}`),
              }))}
              onChange={(op) => onChange({ ...filter, op })}
            />
          ),
          values: <ValuePicker filter={filter} onChange={onChange} />,
        }}
      />
      <IconButton small icon={X} name={t('common:remove')} onClick={() => onChange(null)} />
    </div>
  );
}

function EventSentence(props: {
  readonly condition: EventCondition;
  readonly typeSelect: React.ReactNode;
  readonly onChange: OnChange<SegmentCondition>;
}) {
  const { condition, typeSelect, onChange } = props;
  const { t } = useText();
  const event = (
    <EventSelect value={condition.event} onChange={(next) => onChange(withEvent(condition, next))} />
  );
  switch (condition.type) {
    case 'did':
      return (
        <RichText
          k="segments:sentence.did"
          count={condition.atLeast}
          values={{
            type: typeSelect,
            event,
            times: (
              <NumberField
                label={t('segments:atLeast')}
                value={condition.atLeast}
                most={1_000_000}
                onChange={(atLeast) => onChange({ ...condition, atLeast })}
              />
            ),
            within: (
              <WithinControl
                within={condition.within}
                onChange={(within) => onChange({ ...condition, within })}
              />
            ),
          }}
        />
      );
    case 'didNot':
      return (
        <RichText
          k="segments:sentence.didNot"
          values={{
            type: typeSelect,
            event,
            within: (
              <WithinControl
                within={condition.within}
                onChange={(within) => onChange({ ...condition, within })}
              />
            ),
          }}
        />
      );
    case 'didNotSince':
      return (
        <RichText
          k="segments:sentence.didNotSince"
          values={{
            type: typeSelect,
            event,
            since: (
              <EventSelect
                value={condition.since.event}
                onChange={(next) => onChange({ ...condition, since: { event: next, where: [] } })}
              />
            ),
          }}
        />
      );
  }
}

function CustomerSentence(props: {
  readonly condition: CustomerCondition;
  readonly onChange: OnChange<SegmentCondition>;
}) {
  const { condition, onChange } = props;
  const { t } = useText();
  const [text, setText] = useState(condition.values.join(', '));
  const hasValues = condition.op !== 'isSet' && condition.op !== 'isUnset';
  return (
    <RichText
      k="segments:sentence.customer"
      values={{
        property: (
          <Select
            label={t('segments:type.customer')}
            value={condition.property}
            choices={CUSTOMER_PROPERTIES.map((value) => ({ value, label: t(`segments:customer.${value}`) }))}
            onChange={(property) => onChange(withCustomer(condition, { property }))}
          />
        ),
        op: (
          <Select
            label={t('segments:op')}
            value={condition.op}
            choices={CUSTOMER_OPS.map((value) => ({ value, label: t(`segments:op.${value}`) }))}
            onChange={(op) => onChange(withCustomer(condition, { op }))}
          />
        ),
        values: hasValues ? (
          <TextField
            className={css.text}
            aria-label={t('segments:values')}
            placeholder={t('segments:values.commas')}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              onChange({ ...condition, values: typedValues(event.currentTarget.value) });
            }}
          />
        ) : (
          ''
        ),
      }}
    />
  );
}

/** One condition as a sentence whose parts can be chosen (G1). */
export function ConditionEditor(props: {
  readonly condition: SegmentCondition;
  readonly onChange: OnChange<SegmentCondition | null>;
}) {
  const { condition, onChange } = props;
  const { t } = useText();
  const typeSelect = (
    <Select
      label={t('segments:type')}
      value={condition.type}
      choices={CONDITION_TYPES.map((value) => ({ value, label: t(`segments:type.${value}`) }))}
      onChange={(type) => onChange(conditionOf(type, condition))}
    />
  );
  const isEvent = condition.type !== 'customer';
  return (
    <li className={css.condition}>
      <div className={css.sentence}>
        {isEvent ? (
          <EventSentence condition={condition} typeSelect={typeSelect} onChange={onChange} />
        ) : (
          <>
            {typeSelect} <CustomerSentence condition={condition} onChange={onChange} />
          </>
        )}
        <span className={css.tools}>
          {isEvent && condition.event !== 'ordered' && (
            <Menu
              align="end"
              label={t('segments:where.add')}
              trigger={<IconButton small icon={Filter} name={t('segments:where.add')} />}
            >
              {PROPERTIES.map((property) => (
                <MenuItem
                  key={property}
                  onSelect={() => onChange({ ...condition, where: [...condition.where, filterOn(property)] })}
                >
                  {t(`segments:property.${property}`)}
                </MenuItem>
              ))}
            </Menu>
          )}
          <IconButton small icon={X} name={t('segments:remove')} onClick={() => onChange(null)} />
        </span>
      </div>
      {isEvent &&
        condition.where.map((filter, at) => (
          <FilterLine
            key={`${filter.property}-${at}`}
            filter={filter}
            onChange={(next) => onChange({ ...condition, where: replaced(condition.where, at, next) })}
          />
        ))}
    </li>
  );
}
