import { ArrowLeft, Plus } from 'lucide-react';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import type { SegmentRule } from '../../../../src/domain/segments/rule.ts';
import type { SegmentView } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Select } from '../../ui/select.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import { ExportSegment } from './export-segment.tsx';
import { Members } from './members.tsx';
import { conditionOf, countable, replaced } from './rule-edit.ts';
import css from './segments.module.css';
import { ruleText, segmentName } from './sentence.ts';
import { useSegmentChanges } from './use-segment-changes.ts';

/** The latest count, and the former one until it has come. */
function Count({ rule }: { readonly rule: SegmentRule }) {
  const { t } = useText();
  const { data } = useDeskQuery('insight.segmentCount', { rule }, { keep: true });
  return (
    <p className={css.live} role="status">
      {data === undefined ? '' : t('segments:known', { count: data.known })}
      {data !== undefined && data.anonymous > 0 && ` · ${t('segments:anonymous', { count: data.anonymous })}`}
    </p>
  );
}

function Rule(props: { readonly rule: SegmentRule; readonly onChange: (rule: SegmentRule) => void }) {
  const { rule, onChange } = props;
  const { t } = useText();
  return (
    <div>
      {rule.conditions.length > 1 && (
        <Select
          label={t('segments:match')}
          value={rule.match}
          choices={(['all', 'any'] as const).map((value) => ({ value, label: t(`segments:match.${value}`) }))}
          onChange={(match) => onChange({ ...rule, match })}
        />
      )}
      <ul className={css.conditions} aria-label={t('segments:conditions')}>
        {rule.conditions.map((condition, at) => (
          <ConditionEditor
            key={`${at}-${condition.type}`}
            condition={condition}
            onChange={(next) => onChange({ ...rule, conditions: replaced(rule.conditions, at, next) })}
          />
        ))}
      </ul>
      <Button
        small
        icon={<Icon of={Plus} />}
        onClick={() => onChange({ ...rule, conditions: [...rule.conditions, conditionOf('did')] })}
      >
        {t('segments:add')}
      </Button>
    </div>
  );
}

function BackButton() {
  const { t } = useText();
  const { setInsight } = useScreenActions();
  return (
    <Button
      small
      look="quiet"
      icon={<Icon of={ArrowLeft} mirrored />}
      onClick={() => setInsight({ segmentId: null })}
    >
      {t('segments:back')}
    </Button>
  );
}

/** A ready-made segment: read, copied, never changed (K6). */
function ReadyMade({ segment }: { readonly segment: SegmentView }) {
  const words = useText();
  const { t } = words;
  const changes = useSegmentChanges();
  return (
    <>
      <BackButton />
      <div className={css.editorHead}>
        <h2 className={css.heading}>{segmentName(segment, t)}</h2>
        <ExportSegment id={segment.id} name={segmentName(segment, t)} rule={segment.rule} />
        <Button
          small
          onClick={() => changes.copy(segment, t('segments:copyOf', { name: segmentName(segment, t) }))}
        >
          {t('segments:copy')}
        </Button>
      </div>
      <p className={css.fixed}>{ruleText(segment.rule, words)}</p>
      <Count rule={segment.rule} />
      <Members rule={segment.rule} />
    </>
  );
}

/** One segment: its name, its sentences, how many it counts as it stands, who they are. */
function Own({ segment }: { readonly segment: SegmentView | null }) {
  const { t } = useText();
  const changes = useSegmentChanges();
  const nameId = useId();
  const [name, setName] = useState(segment?.name ?? '');
  const [rule, setRule] = useState<SegmentRule>(
    segment?.rule ?? { match: 'all', conditions: [conditionOf('did')] },
  );
  const counted = useDeferredValue(useMemo(() => countable(rule), [rule]));
  const isNamed = name.trim() !== '';
  return (
    <>
      <BackButton />
      <div className={css.editorHead}>
        <label className={css.fieldLabel} htmlFor={nameId}>
          {t('segments:column.name')}
        </label>
        <TextField
          id={nameId}
          className={css.nameField}
          value={name}
          maxLength={120}
          placeholder={t('segments:name.placeholder')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          small
          look="primary"
          disabled={!isNamed || counted.conditions.length === 0}
          onClick={() => changes.save(segment?.id ?? null, name.trim(), counted)}
        >
          {t('common:save')}
        </Button>
        {segment !== null && <ExportSegment id={segment.id} name={name} rule={counted} />}
        {segment !== null && (
          <Button small onClick={() => changes.remove(segment.id)}>
            {t('common:delete')}
          </Button>
        )}
      </div>
      <h2 className={css.heading}>{t('segments:who')}</h2>
      <Rule rule={rule} onChange={setRule} />
      <Count rule={counted} />
      {counted.conditions.length > 0 && <Members key={JSON.stringify(counted)} rule={counted} />}
    </>
  );
}

/** Shows a segment, or a new one where none is given. */
export function SegmentEditor({ segment }: { readonly segment: SegmentView | null }) {
  return segment?.readyMade === true ? <ReadyMade segment={segment} /> : <Own segment={segment} />;
}
