import { Inbox, Settings, Tag, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useScreenActions } from '../../../renderer/desk/app/stores.tsx';
import { RichText } from '../../../renderer/desk/i18n/rich-text.tsx';
import { useText } from '../../../renderer/desk/i18n/text-provider.tsx';
import { useCommands } from '../../../renderer/desk/keyboard/keyboard-provider.tsx';
import { Avatar } from '../../../renderer/desk/ui/avatar.tsx';
import { Count, Dot, Status, type Tone } from '../../../renderer/desk/ui/badge.tsx';
import { Button } from '../../../renderer/desk/ui/button.tsx';
import { LocalPicker } from '../../../renderer/desk/ui/combobox.tsx';
import { TextArea, TextField } from '../../../renderer/desk/ui/field.tsx';
import {
  AuthorGlyph,
  ChannelGlyph,
  DeliveryGlyph,
  PriorityGlyph,
} from '../../../renderer/desk/ui/glyphs.tsx';
import { IconButton } from '../../../renderer/desk/ui/icon-button.tsx';
import { Kbd } from '../../../renderer/desk/ui/kbd.tsx';
import { useAnnouncer } from '../../../renderer/desk/ui/live-region.tsx';
import { Menu, MenuChoices, MenuItem, MenuSeparator } from '../../../renderer/desk/ui/menu.tsx';
import { Popover } from '../../../renderer/desk/ui/popover.tsx';
import { EmptyState, ErrorState } from '../../../renderer/desk/ui/states.tsx';
import { Tabs } from '../../../renderer/desk/ui/tabs.tsx';
import { useToasts } from '../../../renderer/desk/ui/toast.tsx';
import { formatSamples } from './format-samples.ts';
import css from './gallery.module.css';

const TONES: readonly Tone[] = [
  'accent',
  'pending',
  'held',
  'failed',
  'resolved',
  'ai',
  'agent',
  'customer',
  'note',
];
const AGENTS = ['김민지', 'Sofia Almeida', 'Björn Ångström', 'Alex Kim'];

function Glyphs() {
  return (
    <div className={css.row}>
      {(['high', 'medium', 'low', null] as const).map((priority) => (
        <PriorityGlyph key={`${priority}`} priority={priority} />
      ))}
      {['web_chat', 'email', 'sms', 'whatsapp', 'telegram'].map((channel) => (
        <ChannelGlyph key={channel} channel={channel} />
      ))}
      {(['customer', 'ai', 'agent', 'system'] as const).map((kind) => (
        <AuthorGlyph key={kind} kind={kind} />
      ))}
      <AuthorGlyph kind="agent" note />
      {(['pending', 'held', 'failed', 'delivered'] as const).map((state) => (
        <DeliveryGlyph key={state} state={state} />
      ))}
      {TONES.map((tone) => (
        <Dot key={tone} tone={tone} />
      ))}
      {AGENTS.map((name) => (
        <Avatar key={name} name={name} />
      ))}
      <Avatar name={null} nobody="-" />
      <Count>{128}</Count>
    </div>
  );
}

/** Every primitive once, and handlers for the commands, in the thread's region. */
export function Gallery() {
  const { t, labels, formats } = useText();
  const toasts = useToasts();
  const announcer = useAnnouncer();
  const actions = useScreenActions();
  const [tab, setTab] = useState<'reply' | 'note'>('reply');
  const [priority, setPriority] = useState<'high' | 'medium' | 'low'>('high');
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const [picking, setPicking] = useState(false);
  const done = (name: string) => ({ run: () => setSaid((before) => `${before} ${name}`.trim()) });
  useCommands({
    'list.next': done('next'),
    'list.previous': done('previous'),
    'list.open': done('open'),
    'list.back': done('back'),
    'conversation.take': done('take'),
    'conversation.close': done('close'),
    'conversation.reply': done('reply'),
    'conversation.priority': done('priority'),
    'conversation.priorityHigh': done('high'),
    'conversation.priorityMedium': done('medium'),
    'composer.send': done('send'),
    'composer.leave': done('leave'),
    'app.undo': { run: () => undefined, enabled: false, why: 'palette:unavailable.nothingToUndo' },
  });
  return (
    <div className={css.gallery}>
      <output data-testid="said">{said}</output>
      <output hidden data-testid="formats">
        {JSON.stringify(formatSamples(formats))}
      </output>
      <div className={css.row}>
        <Button
          look="primary"
          onClick={() =>
            toasts.show({ title: t('activity:done.conversation.close'), onUndo: () => done('undone').run() })
          }
        >
          {t('composer:send')} <Kbd command="composer.send" />
        </Button>
        <Button icon={<PriorityGlyph priority="high" named={false} />}>{t('thread:action.priority')}</Button>
        <Button look="quiet">{t('common:cancel')}</Button>
        <Button look="danger">{t('common:discard')}</Button>
        <Button look="link">{t('inbox:empty.action')}</Button>
        <Button disabled>{t('common:save')}</Button>
        <IconButton icon={Settings} name={t('sidebar:settings')} command="app.settings" />
        <IconButton icon={UserPlus} name={t('thread:action.take')} command="conversation.take" pressed />
        <IconButton icon={Inbox} name={t('sidebar:queue.inbox')} disabled />
        <Button onClick={() => announcer.polite(t('thread:new', { count: 3 }))}>{t('thread:unread')}</Button>
        <Button onClick={() => actions.open('c1' as never)}>{t('common:open')}</Button>
      </div>
      <Glyphs />
      <div className={css.row}>
        <Status tone="resolved">{labels.aiOutcome('resolvedByAi')}</Status>
        <Status tone="ai">{labels.aiOutcome('notResolvedByAi')}</Status>
        <Status tone="pending">{t('states:delivery.queued')}</Status>
        <Status tone="held">{t('states:delivery.held')}</Status>
        <Status tone="failed">{t('states:delivery.failed')}</Status>
        <span>{t('inbox:waiting', { duration: formats.duration(7_500_000) })}</span>
        <span>
          <RichText k="thread:labelWith" values={{ name: <strong>{'محمد <b>Ali</b>'}</strong> }} />
        </span>
      </div>
      <div className={css.row}>
        <Tabs
          label={t('composer:label')}
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'reply', label: t('composer:kind.reply') },
            { value: 'note', label: t('composer:kind.note') },
          ]}
        />
        <Menu
          label={t('thread:action.priority')}
          trigger={
            <Button icon={<PriorityGlyph priority={priority} named={false} />}>
              {labels.priority(priority)}
            </Button>
          }
        >
          <MenuChoices
            value={priority}
            onChoose={setPriority}
            choices={(['high', 'medium', 'low'] as const).map((value) => ({
              value,
              label: labels.priority(value),
            }))}
          />
          <MenuSeparator />
          <MenuItem icon={Tag} command="conversation.tags" onSelect={() => undefined}>
            {t('thread:action.tags')}
          </MenuItem>
        </Menu>
        <Popover
          bare
          label={t('thread:action.assign')}
          open={picking}
          onOpenChange={setPicking}
          trigger={<Button>{t('thread:action.assign')}</Button>}
        >
          <LocalPicker
            label={t('thread:assign.search')}
            placeholder={t('thread:assign.search')}
            items={AGENTS.map((label) => ({ id: label, label }))}
            empty={t('inbox:filter.noMatch')}
            create={(label) => ({ id: label, label: t('thread:tags.create', { tag: label }) })}
            onPick={({ id }) => {
              setSaid(`picked ${id}`);
              setPicking(false);
            }}
          />
        </Popover>
      </div>
      <TextField aria-label={t('profile:field.description')} placeholder={t('inbox:search.placeholder')} />
      <TextArea
        aria-label={t('composer:reply.placeholder')}
        placeholder={t('composer:reply.placeholder')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={css.row}>
        <EmptyState action={<Button>{t('inbox:empty.action')}</Button>}>
          {t('inbox:empty.filtered')}
        </EmptyState>
        <ErrorState
          what={t('errors:wire.unavailable')}
          safe={t('errors:safe.outbox')}
          code="thread-1x4k"
          action={<Button>{t('common:retry')}</Button>}
        />
      </div>
    </div>
  );
}
