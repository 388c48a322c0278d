import {
  createElement,
  type FormEvent,
  type MouseEvent,
  type ReactNode,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useLayoutEffect } from 'react';
import { createPortal } from 'react-dom';
import type { PageNode } from '../../../../src/messenger/nodes.ts';
import { surveyCard } from '../../../../src/messenger/survey-page.ts';
import { SURVEY_STYLE } from '../../../../src/messenger/survey-style.ts';
import { surveyWords } from '../../../../src/messenger/survey-texts.ts';
import type { AskedSurvey, SurveyPage } from '../../../../src/protocol/page/survey-page.ts';
import { RESOURCES } from '../../i18n/resources.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import css from './surveys.module.css';

const NAMES: Readonly<Record<string, string>> = {
  class: 'className',
  for: 'htmlFor',
  maxlength: 'maxLength',
  checked: 'defaultChecked',
};
/** Where a form or a link would lead: nowhere from here. */
const LEFT_OUT: ReadonlySet<string> = new Set(['method', 'action', 'required']);

/** A page's node as React draws it: the very nodes that the server writes as HTML. */
function drawn(node: PageNode, key: string): ReactNode {
  if (typeof node === 'string') return node;
  const props = Object.fromEntries(
    Object.entries(node.attributes)
      .filter(([name]) => !LEFT_OUT.has(name))
      .map(([name, value]) => [NAMES[name] ?? name, value]),
  );
  if (node.tag === 'textarea')
    return createElement(node.tag, {
      ...props,
      key,
      defaultValue: node.children.map((child) => (typeof child === 'string' ? child : '')).join(''),
    });
  if (node.tag === 'input') return createElement(node.tag, { ...props, key });
  return createElement(
    node.tag,
    { ...props, key },
    ...node.children.map((child, at) => drawn(child, `${at}`)),
  );
}

/** Draws into a shadow root, so that the page's style and the app's do not meet. */
function Shadow({ children }: { readonly children: ReactNode }) {
  const host = useRef<HTMLDivElement>(null);
  const [root, setRoot] = useState<ShadowRoot | null>(null);
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return;
    const shadow = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SURVEY_STYLE);
    shadow.adoptedStyleSheets = [sheet];
    setRoot(shadow);
  }, []);
  const stay = (event: FormEvent | MouseEvent): void => {
    const isLink = event.target instanceof Element && event.target.closest('a') !== null;
    if (event.type === 'submit' || isLink) event.preventDefault();
  };
  return (
    <div ref={host} className={css.page} onClickCapture={stay} onSubmitCapture={stay}>
      {root !== null && createPortal(children, root)}
    </div>
  );
}

/** The customer's page as it will be, in the language that is edited: the same nodes, the same style. */
export function SurveyPreview(props: {
  readonly survey: NonNullable<AskedSurvey['survey']>;
  readonly language: string;
}) {
  const { survey, language } = props;
  const { t } = useText();
  const [state, setState] = useState<'form' | 'thanks'>('form');
  const wordsFor = useMemo(
    () => surveyWords(RESOURCES, new Intl.DateTimeFormat('en').resolvedOptions().timeZone),
    [],
  );
  const score = state === 'thanks' ? 5 : null;
  const asked: AskedSurvey = {
    csat: { scale: survey.scale, language, score, comment: null, expiresAt: null },
    survey,
    zone: null,
  };
  const page: SurveyPage =
    state === 'form'
      ? { state, ...asked, given: null, problem: null, path: '' }
      : { state, ...asked, path: '' };
  return (
    <section className={css.preview} aria-label={t('surveys:preview')}>
      <Tabs
        label={t('surveys:preview')}
        value={state}
        tabs={(['form', 'thanks'] as const).map((value) => ({ value, label: t(`surveys:preview.${value}`) }))}
        onChange={setState}
      />
      <Shadow>{drawn(surveyCard(page, wordsFor(asked)), `${state}-${survey.scale}`)}</Shadow>
    </section>
  );
}
