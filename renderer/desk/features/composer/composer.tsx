import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { ThreadMessage, ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import { focusPane } from '../../app/panes.ts';
import type { ComposerKind } from '../../app/screen-store.ts';
import { usePreference, useScreen, useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { TextArea } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { type ConversationActions, isWithAi } from '../actions/use-conversation-actions.ts';
import css from './composer.module.css';
import { ConfirmNote } from './confirm-note.tsx';
import { enterSends, sendBlock, wasWrittenAsNote } from './draft-rules.ts';
import { useDrafts } from './use-drafts.ts';
import { useSend } from './use-send.ts';

interface ComposerProps {
  readonly view: ThreadView;
  readonly messages: readonly ThreadMessage[];
  readonly actions: ConversationActions;
}

/** What the composer knows and can do. */
function useComposer({ view, messages, actions }: ComposerProps) {
  const kind = useScreen((screen) => screen.composer);
  const { drafts, change, flush } = useDrafts(view);
  const sending = useSend(view, messages);
  const [asking, setAsking] = useState<'send' | 'sendAndClose' | null>(null);
  const text = drafts[kind];
  const block = sendBlock(kind, text, isWithAi(view.conversation));
  const post = async (close: boolean): Promise<void> => {
    setAsking(null);
    if (!(await sending.send(kind, text))) return;
    change(kind, '');
    flush();
    if (close) await actions.close();
  };
  const send = (close: boolean): void => {
    if (block !== null || sending.busy) return;
    if (kind === 'reply' && wasWrittenAsNote(text, drafts.note, messages)) {
      setAsking(close ? 'sendAndClose' : 'send');
    } else void post(close);
  };
  return {
    kind,
    text,
    block,
    sending,
    asking,
    send,
    flush,
    change: (value: string) => change(kind, value),
    confirm: () => void post(asking === 'sendAndClose'),
    callOff: () => setAsking(null),
  };
}

type ComposerState = ReturnType<typeof useComposer>;

function Hints({ state, view }: { readonly state: ComposerState; readonly view: ThreadView }) {
  const { t } = useText();
  const { humanState, aiOutcome } = view.conversation;
  const reopens =
    state.kind === 'reply' && (humanState === 'closed' || (humanState === null && aiOutcome !== 'open'));
  return (
    <div className={css.hints}>
      {state.block === 'tooLong' && (
        <span className={css.problem} role="alert">
          {t('composer:tooLong')}
        </span>
      )}
      {reopens && <span>{t('composer:reopens')}</span>}
      {state.sending.offline && <span>{t('composer:offline')}</span>}
    </div>
  );
}

function Writing(props: { readonly state: ComposerState; readonly view: ThreadView }) {
  const { state, view } = props;
  const { kind } = state;
  const { t, labels } = useText();
  const area = useRef<HTMLTextAreaElement>(null);
  const [focused, setFocused] = useState(false);
  const chosen = usePreference((preferences) => preferences.enterSends);
  const turn = useScreen((screen) => screen.composerTurn);
  const seenTurn = useRef(turn);
  useLayoutEffect(() => {
    if (turn === seenTurn.current) return;
    seenTurn.current = turn;
    area.current?.focus();
  }, [turn]);
  useCommands({
    'composer.send': { run: () => state.send(false), enabled: focused },
    'composer.sendAndClose': { run: () => state.send(kind === 'reply'), enabled: focused },
    'composer.leave': { run: () => void focusPane(document, 'thread'), enabled: focused },
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, keyCode, shiftKey: shift, ctrlKey: ctrl, altKey: alt, metaKey: meta } = event;
    const { isComposing } = event.nativeEvent;
    if (!enterSends({ key, keyCode, shift, ctrl, alt, meta, isComposing }, chosen)) return;
    event.preventDefault();
    state.send(false);
  };
  return (
    <div className={css.box}>
      <TextArea
        ref={area}
        look="bare"
        className={css.text}
        aria-label={
          kind === 'note'
            ? t('composer:note.label')
            : t('composer:reply.label', { name: labels.customer(view.customer) })
        }
        placeholder={t(kind === 'note' ? 'composer:note.placeholder' : 'composer:reply.placeholder')}
        value={state.text}
        readOnly={state.sending.busy}
        onChange={(event) => state.change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          state.flush();
        }}
      />
    </div>
  );
}

function Foot({ state, view }: { readonly state: ComposerState; readonly view: ThreadView }) {
  const { t } = useText();
  const disabled = state.block !== null || state.sending.busy;
  return (
    <div className={css.foot}>
      <Hints state={state} view={view} />
      {state.kind === 'reply' && view.conversation.humanState === 'open' && (
        <Button look="quiet" disabled={disabled} onClick={() => state.send(true)}>
          {t('composer:sendAndClose')} <Kbd command="composer.sendAndClose" />
        </Button>
      )}
      <Button look="primary" disabled={disabled} onClick={() => state.send(false)}>
        {t(state.kind === 'note' ? 'composer:addNote' : 'composer:send')} <Kbd command="composer.send" />
      </Button>
    </div>
  );
}

function TakeOver({ actions }: { readonly actions: ConversationActions }) {
  const { t } = useText();
  return (
    <div className={css.locked}>
      <Button look="primary" onClick={() => void actions.take()}>
        {t('thread:action.takeOver')} <Kbd command="conversation.take" />
      </Button>
    </div>
  );
}

const KINDS: readonly ComposerKind[] = ['reply', 'note'];

/** Where replies and notes are written: two tabs, two texts, one look that tells them apart at a glance. */
export function Composer(props: ComposerProps) {
  const { view, actions } = props;
  const { t } = useText();
  const state = useComposer(props);
  const { kind } = state;
  const { compose } = useScreenActions();
  const write = (next: ComposerKind): void => {
    state.flush();
    compose(next);
  };
  useCommands({
    'conversation.reply': { run: () => write('reply') },
    'conversation.note': { run: () => write('note') },
  });
  return (
    <section className={cx(css.composer, kind === 'note' && css.note)} aria-label={t('composer:label')}>
      <div className={css.column}>
        <div className={css.head}>
          <Tabs
            label={t('composer:label')}
            value={kind}
            tabs={KINDS.map((value) => ({
              value,
              label: t(value === 'note' ? 'composer:kind.note' : 'composer:kind.reply'),
            }))}
            onChange={write}
          />
          <span className={css.visibility}>
            {t(kind === 'note' ? 'composer:note.visibility' : 'composer:reply.visibility')}
          </span>
        </div>
        {state.block === 'withAi' ? (
          <TakeOver actions={actions} />
        ) : (
          <>
            <Writing state={state} view={view} />
            <Foot state={state} view={view} />
          </>
        )}
      </div>
      <ConfirmNote open={state.asking !== null} onOpenChange={state.callOff} onSend={state.confirm} />
    </section>
  );
}
