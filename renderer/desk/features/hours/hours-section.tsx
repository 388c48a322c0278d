import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type HoursSettings, type HoursVersion, WEEKDAYS } from '../../../../src/domain/hours/schedule.ts';
import { useNow } from '../../app/clock.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { useChange } from '../actions/use-change.ts';
import { useIsLead } from '../fields/role.ts';
import { TypedEditor } from '../fields/typed-editor.tsx';
import { DayRow } from './day-row.tsx';
import { Holidays, onDay } from './holidays.tsx';
import css from './hours.module.css';
import {
  canSave,
  copyDay,
  firstVersion,
  latestFirst,
  nextVersion,
  problemsOf,
  withDay,
} from './hours-draft.ts';
import { wallOf } from './preview.ts';
import { TimeZoneField } from './time-zone.tsx';
import { WorkPreview } from './work-preview.tsx';

interface EditorProps {
  readonly version: HoursVersion;
  readonly versions: HoursSettings;
  readonly disabled: boolean;
  readonly onChange: (version: HoursVersion) => void;
}

function Validity({ version, versions, disabled, onChange }: EditorProps) {
  const { t } = useText();
  const problems = problemsOf(version, versions);
  return (
    <div className={css.validity}>
      <span className={css.inline}>
        {t('hours:validFrom')}
        <TypedEditor
          boxed
          type="Date"
          label={t('hours:validFrom')}
          disabled={disabled}
          value={version.validFrom}
          onSave={onDay((validFrom) => onChange({ ...version, validFrom }))}
        />
      </span>
      <span className={css.inline}>
        {t('hours:zone')}
        <TimeZoneField
          zone={version.zone}
          disabled={disabled}
          onChange={(zone) => onChange({ ...version, zone })}
        />
      </span>
      {(['validFrom', 'zone'] as const).map((place) => {
        const problem = problems[place];
        return (
          problem !== undefined && (
            <p key={place} className={css.problem} role="alert">
              {t(`hours:problem.${problem}`)}
            </p>
          )
        );
      })}
    </div>
  );
}

function Editor(props: EditorProps) {
  const { version, versions, disabled, onChange } = props;
  const { t } = useText();
  const problems = problemsOf(version, versions);
  return (
    <>
      <Validity {...props} />
      <div className={css.part}>
        <h3 className={css.heading}>{t('hours:week')}</h3>
        <div className={css.week}>
          {WEEKDAYS.map((day) => (
            <DayRow
              key={day}
              day={day}
              ranges={version.week[day] ?? []}
              problems={problems}
              disabled={disabled}
              onChange={(ranges) => onChange(withDay(version, day, ranges))}
              onCopy={(to) => onChange(copyDay(version, day, to))}
            />
          ))}
        </div>
      </div>
      <Holidays
        days={version.holidays}
        disabled={disabled}
        onChange={(holidays) => onChange({ ...version, holidays })}
      />
    </>
  );
}

function Versions(props: {
  readonly versions: HoursSettings;
  readonly at: number;
  readonly disabled: boolean;
  readonly onChoose: (at: number) => void;
  readonly onAdd: () => void;
  readonly onRemove: () => void;
}) {
  const { versions, at, disabled } = props;
  const { t, formats } = useText();
  return (
    <div className={css.line}>
      <Select
        label={t('hours:versions')}
        value={String(at)}
        choices={versions.map(({ validFrom, zone }, index) => ({
          value: String(index),
          label: t('hours:version', { date: formats.day(validFrom), zone }),
        }))}
        onChange={(value) => props.onChoose(Number(value))}
      />
      {!disabled && (
        <>
          <Button icon={<Icon of={Plus} />} onClick={props.onAdd}>
            {t('hours:version.add')}
          </Button>
          <IconButton icon={Trash2} name={t('hours:version.remove')} onClick={props.onRemove} />
        </>
      )}
    </div>
  );
}

function useHoursDraft(saved: HoursSettings) {
  const [draft, setDraft] = useState<HoursSettings | null>(null);
  const [at, setAt] = useState(0);
  const versions = draft ?? latestFirst(saved);
  const place = Math.max(0, Math.min(at, versions.length - 1));
  return {
    versions,
    at: place,
    version: versions[place],
    isChanged: draft !== null,
    choose: setAt,
    discard: () => setDraft(null),
    add: (version: HoursVersion) => {
      setDraft([version, ...versions]);
      setAt(0);
    },
    remove: () => setDraft(versions.filter((_, index) => index !== place)),
    change: (version: HoursVersion) =>
      setDraft(versions.map((own, index) => (index === place ? version : own))),
  };
}

function SaveBar(props: { readonly versions: HoursSettings; readonly onDone: () => void }) {
  const { versions, onDone } = props;
  const { t } = useText();
  const change = useChange();
  const save = async (): Promise<void> => {
    const value = versions.length === 0 ? null : [...versions].reverse();
    if (await change('settings.setHours', { value })) onDone();
  };
  return (
    <div className={css.save} role="status">
      <span className={css.grow}>{t('hours:unsaved')}</span>
      <Button onClick={onDone}>{t('common:discard')}</Button>
      <Button look="primary" disabled={!canSave(versions)} onClick={() => void save()}>
        {t('common:save')}
      </Button>
    </div>
  );
}

function Filled({ saved }: { readonly saved: HoursSettings }) {
  const { t, formats } = useText();
  const now = useNow();
  const canEdit = useIsLead();
  const draft = useHoursDraft(saved);
  const { version, versions } = draft;
  const today = (zone: string): string => wallOf(now, zone).slice(0, 10);
  const begin = (): void => draft.add(firstVersion(today(formats.timeZone), formats.timeZone));
  return (
    <div className={css.section}>
      <p className={css.quiet}>{t('hours:intro')}</p>
      {!canEdit && <p className={css.quiet}>{t('fields:leadsOnly')}</p>}
      {version === undefined ? (
        <EmptyState
          action={
            canEdit && (
              <Button look="primary" onClick={begin}>
                {t('hours:none.action')}
              </Button>
            )
          }
        >
          {t('hours:none')}
        </EmptyState>
      ) : (
        <>
          <Versions
            versions={versions}
            at={draft.at}
            disabled={!canEdit}
            onChoose={draft.choose}
            onAdd={() => draft.add(nextVersion(version, versions, today(version.zone)))}
            onRemove={draft.remove}
          />
          <Editor version={version} versions={versions} disabled={!canEdit} onChange={draft.change} />
          {canSave(versions) && <WorkPreview versions={versions} zone={version.zone} />}
        </>
      )}
      {draft.isChanged && <SaveBar versions={versions} onDone={draft.discard} />}
    </div>
  );
}

/** The team's business hours (T5): versions by the day they are valid from, each with its week, zone and holidays. */
export function HoursSection() {
  const { data } = useDeskQuery('timings.settings', {});
  return data === undefined ? null : <Filled saved={data.hours} />;
}
