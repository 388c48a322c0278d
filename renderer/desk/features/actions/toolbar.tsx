import { AlarmClock, ArchiveRestore, Archive, Hand, Tag, UserPlus } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { type EpochMillis, epochMillis } from '../../../../src/base/time.ts';
import { type Priority, PRIORITIES } from '../../../../src/domain/model.ts';
import type { ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import { useNow } from '../../app/clock.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { PriorityGlyph } from '../../ui/glyphs.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuChoices, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { Popover } from '../../ui/popover.tsx';
import { AssignPicker } from './assign-picker.tsx';
import { SnoozeDialog } from './snooze-dialog.tsx';
import { SNOOZE_CHOICES, snoozeUntil } from './snooze-times.ts';
import { TagPicker } from './tag-picker.tsx';
import css from './toolbar.module.css';
import { asAgentId, type ConversationActions, isWithAi } from './use-conversation-actions.ts';

type Opened = 'assign' | 'tags' | 'snooze' | 'priority' | null;

interface PartProps {
  readonly view: ThreadView;
  readonly actions: ConversationActions;
  readonly opened: Opened;
  readonly setOpened: (opened: Opened) => void;
}

function opening(
  part: Exclude<Opened, null>,
  { opened, setOpened }: Pick<PartProps, 'opened' | 'setOpened'>,
) {
  return { open: opened === part, onOpenChange: (open: boolean) => setOpened(open ? part : null) };
}

function AssignButton(props: PartProps) {
  const { t } = useText();
  const { view, actions, setOpened } = props;
  return (
    <Popover
      bare
      label={t('thread:action.assign')}
      {...opening('assign', props)}
      trigger={<IconButton icon={UserPlus} name={t('thread:action.assign')} command="conversation.assign" />}
    >
      <AssignPicker
        current={view.conversation.assigneeId}
        onPick={(agentId) => {
          setOpened(null);
          void actions.assign(agentId === null ? null : asAgentId(agentId));
        }}
      />
    </Popover>
  );
}

function TagsButton(props: PartProps) {
  const { t } = useText();
  const { view, actions } = props;
  return (
    <Popover
      bare
      label={t('thread:tags.title')}
      {...opening('tags', props)}
      trigger={<IconButton icon={Tag} name={t('thread:action.tags')} command="conversation.tags" />}
    >
      <TagPicker
        tags={view.tags.map(({ tag }) => tag)}
        onAdd={(tag) => void actions.addTag(tag)}
        onRemove={(tag) => void actions.removeTag(tag)}
      />
    </Popover>
  );
}

type Choice = Priority | 'unset';

function PriorityButton(props: PartProps) {
  const { t, labels } = useText();
  const { view, actions } = props;
  const { priority } = view.conversation;
  const trigger: ReactElement<Record<string, unknown>> = (
    <Button
      look="quiet"
      className={css.priority}
      aria-label={`${t('thread:action.priority')} ${labels.priority(priority)}`}
    >
      <PriorityGlyph priority={priority} named={false} />
    </Button>
  );
  return (
    <Menu trigger={trigger} {...opening('priority', props)} label={t('thread:action.priority')}>
      <MenuChoices<Choice>
        value={priority ?? 'unset'}
        choices={[
          ...PRIORITIES.map((value) => ({
            value,
            label: labels.priority(value),
            aside: <PriorityGlyph priority={value} named={false} />,
          })),
          {
            value: 'unset',
            label: t('thread:priority.clear'),
            aside: <PriorityGlyph priority={null} named={false} />,
          },
        ]}
        onChoose={(choice) => void actions.setPriority(choice === 'unset' ? null : choice)}
      />
    </Menu>
  );
}

function SnoozeButton(props: PartProps) {
  const { t, formats } = useText();
  const now = useNow();
  const [custom, setCustom] = useState(false);
  const { actions, view } = props;
  const choices = SNOOZE_CHOICES.map((choice) => ({
    choice,
    until: snoozeUntil(choice, now, formats.civil),
  }));
  const snooze = (until: EpochMillis): void => void actions.snooze(until);
  return (
    <>
      <Menu
        {...opening('snooze', props)}
        label={t('thread:snooze.title')}
        trigger={
          <IconButton icon={AlarmClock} name={t('thread:action.snooze')} command="conversation.snooze" />
        }
      >
        {choices.map(({ choice, until }) =>
          until === null ? null : (
            <MenuItem key={choice} onSelect={() => snooze(epochMillis(until))}>
              {t(`thread:snooze.${choice}`)} <span className={css.when}>{formats.dateTime(until, now)}</span>
            </MenuItem>
          ),
        )}
        <MenuSeparator />
        <MenuItem onSelect={() => setCustom(true)}>{t('thread:snooze.custom')}</MenuItem>
        {view.conversation.humanState === 'snoozed' && (
          <MenuItem onSelect={() => void actions.wake()}>{t('thread:snooze.wake')}</MenuItem>
        )}
      </Menu>
      <SnoozeDialog open={custom} onOpenChange={setCustom} onPick={snooze} />
    </>
  );
}

/** The keys of a conversation's actions, while it is shown. */
function useActionKeys(
  view: ThreadView,
  actions: ConversationActions,
  setOpened: (opened: Opened) => void,
): void {
  const { humanState } = view.conversation;
  const isOpen = humanState === 'open' || humanState === 'snoozed';
  const show = (part: Exclude<Opened, null>) => ({ run: () => setOpened(part) });
  const priority = (value: Priority) => ({ run: () => void actions.setPriority(value) });
  useCommands({
    'conversation.take': { run: () => void actions.take() },
    'conversation.assign': show('assign'),
    'conversation.tags': show('tags'),
    'conversation.snooze': { ...show('snooze'), enabled: isOpen },
    'conversation.priority': show('priority'),
    'conversation.priorityHigh': priority('high'),
    'conversation.priorityMedium': priority('medium'),
    'conversation.priorityLow': priority('low'),
    'conversation.close': { run: () => void actions.close(), enabled: isOpen },
    'conversation.reopen': { run: () => void actions.reopen(), enabled: humanState === 'closed' },
  });
}

/** What can be done with the shown conversation: buttons with their keys, and the menus that keys open. */
export function ConversationToolbar(props: {
  readonly view: ThreadView;
  readonly actions: ConversationActions;
  readonly me: string | null;
}) {
  const { view, actions, me } = props;
  const { t } = useText();
  const [opened, setOpened] = useState<Opened>(null);
  useActionKeys(view, actions, setOpened);
  const { conversation } = view;
  const part: PartProps = { view, actions, opened, setOpened };
  const withAi = isWithAi(conversation);
  return (
    <div className={css.toolbar} role="toolbar" aria-label={t('thread:actions')}>
      {(withAi || conversation.assigneeId !== me) && conversation.humanState !== 'closed' && (
        <IconButton
          icon={Hand}
          name={t(withAi ? 'thread:action.takeOver' : 'thread:action.take')}
          command="conversation.take"
        />
      )}
      <AssignButton {...part} />
      <PriorityButton {...part} />
      <TagsButton {...part} />
      {!withAi && conversation.humanState !== 'closed' && <SnoozeButton {...part} />}
      {conversation.humanState === 'closed' ? (
        <IconButton icon={ArchiveRestore} name={t('thread:action.reopen')} command="conversation.reopen" />
      ) : (
        !withAi && <IconButton icon={Archive} name={t('thread:action.close')} command="conversation.close" />
      )}
    </div>
  );
}
