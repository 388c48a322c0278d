import { ExternalLink } from 'lucide-react';
import type { ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import { useNow } from '../../app/clock.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { ConversationActions } from '../actions/use-conversation-actions.ts';
import type { People } from '../thread/people.ts';
import { DescriptionField } from './description-field.tsx';
import { Field, Section, Value } from './field.tsx';
import { pageText } from './page-text.ts';
import { PriorityField } from './priority-field.tsx';
import css from './profile.module.css';
import { TagsField } from './tags-field.tsx';

interface PartProps {
  readonly view: ThreadView;
  readonly people: People;
  readonly actions: ConversationActions;
}

function PageField({ page }: { readonly page: string | null }) {
  const { t } = useText();
  if (page === null) return <Value of={null} />;
  const { short, href, host } = pageText(page);
  if (href === null) return <bdi title={page}>{short}</bdi>;
  return (
    <a href={href} rel="noreferrer" target="_blank" title={t('profile:page.open', { host: host ?? '' })}>
      <bdi>{short}</bdi> <Icon of={ExternalLink} />
    </a>
  );
}

function Moment({ at }: { readonly at: number | null }) {
  const { formats } = useText();
  const now = useNow();
  return at === null ? (
    <Value of={null} />
  ) : (
    <time title={formats.full(at)}>{formats.dateTime(at, now)}</time>
  );
}

function Editable({ view, actions }: PartProps) {
  const { t } = useText();
  const { conversation, tags } = view;
  return (
    <>
      <Field wide label={t('profile:field.priority')}>
        <PriorityField priority={conversation.priority} actions={actions} />
      </Field>
      <Field wide label={t('profile:field.tags')}>
        <TagsField tags={tags} actions={actions} />
      </Field>
      <Field wide label={t('profile:field.description')}>
        <DescriptionField value={conversation.description} actions={actions} />
      </Field>
    </>
  );
}

function Followers({ view, people, actions }: PartProps) {
  const { t } = useText();
  const follows = people.me !== null && view.followerIds.includes(people.me);
  const names = view.followerIds.map((id) =>
    id === people.me ? t('common:you') : (people.agentName(id) ?? id),
  );
  return (
    <Field wide label={t('profile:field.followers')}>
      <bdi>{names.length === 0 ? t('common:nobody') : names.join(', ')}</bdi>
      <Button small look="link" onClick={() => void actions.follow(!follows)}>
        {t(follows ? 'thread:action.unfollow' : 'thread:action.follow')}
      </Button>
    </Field>
  );
}

function Locked({ view, people }: PartProps) {
  const { t, labels, formats } = useText();
  const { conversation } = view;
  const { initialSkill, finalSkill } = conversation;
  const skills = [...new Set([initialSkill, finalSkill])].filter((skill) => skill !== null);
  const assignee =
    conversation.assigneeId === people.me ? t('common:you') : people.agentName(conversation.assigneeId);
  return (
    <>
      <Field label={t('profile:field.assignee')}>{assignee ?? t('common:nobody')}</Field>
      <Field locked label={t('profile:field.state')}>
        {labels.humanState(conversation.humanState)}
      </Field>
      <Field locked label={t('profile:field.aiOutcome')}>
        {labels.aiOutcome(conversation.aiOutcome)}
      </Field>
      <Field locked label={t('profile:field.channel')}>
        {labels.channel(conversation.channel)}
      </Field>
      <Field locked wide label={t('profile:field.page')} copy={conversation.page}>
        <PageField page={conversation.page} />
      </Field>
      <Field locked wide label={t('states:reason.label')}>
        <Value of={labels.reason(conversation.handoffReasonCode)} />
      </Field>
      <Field locked wide label={t('profile:field.skills')}>
        <Value of={skills.join(' → ')} />
      </Field>
      <Field locked label={t('profile:field.startedAt')}>
        <Moment at={conversation.startedAt} />
      </Field>
      <Field locked label={t('profile:field.firstOpenedAt')}>
        <Moment at={conversation.firstOpenedAt} />
      </Field>
      <Field locked label={t('profile:field.openedAt')}>
        <Moment at={conversation.openedAt} />
      </Field>
      <Field locked label={t('profile:field.closedAt')}>
        <Moment at={conversation.closedAt} />
      </Field>
      <Field locked label={t('profile:field.cycles')}>
        {formats.number(conversation.cycleCount)}
      </Field>
      <Field locked label={t('profile:field.source')}>
        <Value of={conversation.source} />
      </Field>
      {conversation.aiRawStatus !== null && (
        <Field locked wide label={t('profile:field.rawStatus')}>
          <Value of={conversation.aiRawStatus} />
        </Field>
      )}
    </>
  );
}

/** The values the source brought with the conversation, by their own keys. */
function SourceFields({ view }: { readonly view: ThreadView }) {
  const { formats } = useText();
  const keys = [...new Set(view.fields.map(({ field }) => field))];
  return keys.map((key) => {
    const values = view.fields
      .filter(({ field }) => field === key)
      .map(({ number, text }) => (number === null ? (text ?? '') : formats.number(number)));
    return (
      <Field locked wide key={key} label={key}>
        <Value of={values.join(', ')} />
      </Field>
    );
  });
}

/** The conversation's own profile: what can be changed first, then what the source and the history say. */
export function ConversationSection(props: PartProps) {
  const { t } = useText();
  return (
    <Section title={t('profile:conversation')}>
      <dl className={css.grid}>
        <Editable {...props} />
        <Locked {...props} />
        <Followers {...props} />
        <SourceFields view={props.view} />
      </dl>
    </Section>
  );
}
