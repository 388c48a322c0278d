import { ChartNoAxesGantt, Table2, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import type { ConversationId } from '../../../../src/base/ids.ts';
import { must } from '../../../../src/base/must.ts';
import type { TimingExplanation } from '../../../../src/domain/timings/explain.ts';
import type { TimingKey } from '../../../../src/domain/timings/timings.ts';
import type { ThreadMessage } from '../../../../src/protocol/rpc/thread.ts';
import type { CycleTimingsView, ThreadTimings } from '../../../../src/protocol/rpc/timings.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { MEASURES, measureOf, timingKey } from './measure.ts';
import { SpanTable } from './span-table.tsx';
import { StripDetail } from './strip-detail.tsx';
import { StripDrawing } from './strip-drawing.tsx';
import { StripFoot } from './strip-foot.tsx';
import { stripOf } from './strip.ts';
import css from './timings.module.css';

type Form = 'strip' | 'table';

function Heading(props: {
  readonly timingKey: TimingKey;
  readonly cycles: readonly CycleTimingsView[];
  readonly at: number;
  readonly onCycle: (at: number) => void;
  readonly form: Form;
  readonly onForm: (form: Form) => void;
}) {
  const { t, formats } = useText();
  const { explain } = useScreenActions();
  const { measure, inHours } = measureOf(props.timingKey);
  const { cycles, form } = props;
  const value = cycles[props.at]?.timings[props.timingKey];
  const other = form === 'strip' ? 'table' : 'strip';
  return (
    <header className={css.head}>
      <h2 className={css.title}>{t('timings:title')}</h2>
      {value !== undefined && (
        <strong className={css.value} dir="auto">
          {value.value === null
            ? t(`profile:timing.${value.reason}`)
            : formats.exact(Math.floor(value.value / 1_000))}
        </strong>
      )}
      <span className={css.headEnd}>
        {cycles.length > 1 && (
          <Select
            quiet
            label={t('timings:cycle.label')}
            value={String(props.at)}
            choices={cycles.map((_, at) => ({
              value: String(at),
              label: t('timings:cycle', { number: at + 1, count: cycles.length }),
            }))}
            onChange={(value) => props.onCycle(Number(value))}
          />
        )}
        {cycles.length > 0 && (
          <IconButton
            small
            icon={form === 'strip' ? Table2 : ChartNoAxesGantt}
            name={t(form === 'strip' ? 'timings:asTable' : 'timings:asStrip')}
            onClick={() => props.onForm(other)}
          />
        )}
        <IconButton
          small
          icon={X}
          name={t('common:close')}
          command="conversation.timings"
          onClick={() => explain(null)}
        />
      </span>
      <div className={css.choices}>
        <Tabs
          label={t('timings:measure')}
          value={measure}
          tabs={MEASURES.map((value) => ({ value, label: t(`profile:timing.${value}`) }))}
          onChange={(value) => explain(timingKey(value, inHours))}
        />
        <Tabs
          label={t('timings:hours')}
          value={inHours ? 'business' : 'all'}
          tabs={[
            { value: 'all', label: t('profile:timing.allHours') },
            { value: 'business', label: t('profile:timing.businessHours') },
          ]}
          onChange={(value) => explain(timingKey(measure, value === 'business'))}
        />
      </div>
    </header>
  );
}

function useSteps(count: number, asked: string) {
  const [chosen, setChosen] = useState({ asked, at: 0 });
  const at = chosen.asked === asked ? Math.min(chosen.at, count - 1) : 0;
  const choose = (next: number): void => setChosen({ asked, at: Math.max(0, Math.min(next, count - 1)) });
  return { at, choose };
}

/** Which arrow steps on: along the language's direction; up and down stay the list's. */
function stepOf(key: string, direction: 'ltr' | 'rtl'): number | 'first' | 'last' | null {
  if (key === 'Home') return 'first';
  if (key === 'End') return 'last';
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  return (key === 'ArrowRight') === (direction === 'ltr') ? 1 : -1;
}

function Explained(props: {
  readonly view: CycleTimingsView;
  readonly explanation: TimingExplanation;
  readonly messages: readonly ThreadMessage[];
  readonly form: Form;
}) {
  const { view, explanation, messages, form } = props;
  const { t, direction } = useText();
  const strip = stripOf(view, explanation);
  const steps = useSteps(strip.marks.length, `${view.cycle.ordinal} ${explanation.key}`);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = stepOf(event.key, direction);
    if (step === null || form === 'table') return;
    event.preventDefault();
    if (typeof step === 'number') steps.choose(steps.at + step);
    else steps.choose(step === 'first' ? 0 : strip.marks.length - 1);
  };
  return (
    <>
      {form === 'table' ? (
        <SpanTable explanation={explanation} messages={messages} />
      ) : (
        <div
          role="toolbar"
          tabIndex={-1}
          aria-label={t('timings:strip')}
          onKeyDown={onKeyDown}
          className={css.timeline}
        >
          <StripDrawing strip={strip} explanation={explanation} at={steps.at} onChoose={steps.choose} />
          <StripDetail marks={strip.marks} at={steps.at} messages={messages} onChoose={steps.choose} />
        </div>
      )}
      <StripFoot view={view} explanation={explanation} />
    </>
  );
}

function Filled(props: {
  readonly timings: ThreadTimings;
  readonly timingKey: TimingKey;
  readonly messages: readonly ThreadMessage[];
}) {
  const { timings, messages } = props;
  const { t } = useText();
  const { cycles } = timings;
  const [chosen, setChosen] = useState<number | null>(null);
  const [form, setForm] = useState<Form>('strip');
  const at = Math.min(chosen ?? cycles.length - 1, cycles.length - 1);
  const view = cycles[at];
  return (
    <>
      <Heading
        timingKey={props.timingKey}
        cycles={cycles}
        at={at}
        onCycle={setChosen}
        form={form}
        onForm={setForm}
      />
      {view === undefined ? (
        <p className={css.quiet}>{t('timings:noCycle')}</p>
      ) : (
        <Explained
          view={view}
          explanation={must(
            view.explain.find(({ key }) => key === props.timingKey),
            'every timing is explained',
          )}
          messages={messages}
          form={form}
        />
      )}
    </>
  );
}

/**
 * "Why this number?" (T10): the life of the conversation's cycle under the thread, with what was counted, what lay outside
 * business hours and what moved the clock. There while the screen's state names a timing.
 */
export function TimingStrip(props: {
  readonly conversationId: ConversationId;
  readonly messages: readonly ThreadMessage[];
}) {
  const { t } = useText();
  const explained = useScreen((screen) => screen.explained);
  const { explain } = useScreenActions();
  const { data } = useDeskQuery(
    'thread.timings',
    { conversationId: props.conversationId },
    { enabled: explained !== null },
  );
  // Escape puts it away before it leaves the conversation.
  useCommands(explained === null ? {} : { 'list.back': { run: () => explain(null) } }, 1);
  if (explained === null) return null;
  return (
    <section className={css.panel} aria-label={t('timings:title')} tabIndex={-1} data-timing-strip>
      {data !== undefined && data !== null && (
        <Filled timings={data} timingKey={explained} messages={props.messages} />
      )}
    </section>
  );
}
