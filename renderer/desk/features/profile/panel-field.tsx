import { fieldValueOf } from '../../../../src/domain/fields/value.ts';
import type { ProfileValue } from '../../../../src/domain/events.ts';
import type { FieldDefinition } from '../../../../src/domain/fields/definition.ts';
import type { ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { useChange } from '../actions/use-change.ts';
import type { ConversationActions } from '../actions/use-conversation-actions.ts';
import { ValueEditor } from '../fields/value-editor.tsx';
import { MergedNote } from '../outbox/merged-note.tsx';
import type { People } from '../thread/people.ts';
import { DescriptionField } from './description-field.tsx';
import { Field } from './field.tsx';
import { LockedValue, OwnValue } from './locked-value.tsx';
import { OWN_FIELDS, type PanelField } from './panel-fields.ts';
import { PriorityField } from './priority-field.tsx';
import { TagsField } from './tags-field.tsx';

export interface PanelProps {
  readonly view: ThreadView;
  readonly people: People;
  readonly actions: ConversationActions;
}

/** Values that need the panel's whole width. */
const WIDE: readonly string[] = [
  'priority',
  'tags',
  'description',
  'source.page',
  'followers',
  'reason',
  'skills',
  'rawStatus',
];

function Followers({ view, people, actions }: PanelProps) {
  const { t } = useText();
  const follows = people.me !== null && view.followerIds.includes(people.me);
  const names = view.followerIds.map((id) =>
    id === people.me ? t('common:you') : (people.agentName(id) ?? id),
  );
  return (
    <>
      <bdi>{names.length === 0 ? t('common:nobody') : names.join(', ')}</bdi>
      <Button small look="link" onClick={() => void actions.follow(!follows)}>
        {t(follows ? 'thread:action.unfollow' : 'thread:action.follow')}
      </Button>
    </>
  );
}

function Assignee({ view, people }: PanelProps) {
  const { t } = useText();
  const { assigneeId } = view.conversation;
  const name = assigneeId === people.me ? t('common:you') : people.agentName(assigneeId);
  return <bdi>{name ?? t('common:nobody')}</bdi>;
}

function Custom(props: {
  readonly view: ThreadView;
  readonly definition: FieldDefinition;
  readonly name: string;
}) {
  const { view, definition, name } = props;
  const { key: field, type } = definition;
  const change = useChange();
  const value = fieldValueOf(view.fields, field, type);
  const save = (next: ProfileValue): Promise<boolean> =>
    change(
      'profile.set',
      {
        conversationId: view.conversation.id,
        field,
        value: next,
        // A list merges with what others did to it meanwhile, item by item.
        ...(type === 'List' ? { from: Array.isArray(value) ? value : [] } : {}),
      },
      { quiet: true },
    );
  return <ValueEditor field={field} label={name} type={type} value={value} onSave={save} />;
}

function Content(
  props: PanelProps & {
    readonly field: PanelField;
    readonly definition: FieldDefinition | undefined;
    readonly name: string;
  },
) {
  const { field, definition, name, view, people, actions } = props;
  const { key } = field;
  if (key === 'priority') return <PriorityField priority={view.conversation.priority} actions={actions} />;
  if (key === 'tags') return <TagsField tags={view.tags} unconfirmed={view.unconfirmed} actions={actions} />;
  if (key === 'description')
    return <DescriptionField value={view.conversation.description} actions={actions} />;
  if (key === 'assignee') return <Assignee view={view} people={people} actions={actions} />;
  if (key === 'followers') return <Followers view={view} people={people} actions={actions} />;
  const own = OWN_FIELDS.find((known) => known === key);
  if (own !== undefined) return <OwnValue view={view} of={own} />;
  if (definition !== undefined && field.locked === null)
    return <Custom view={view} definition={definition} name={name} />;
  return <LockedValue view={view} of={key} />;
}

/** One field of the panel: its name, and its value or the editor that fits it. */
export function PanelFieldRow(
  props: PanelProps & {
    readonly field: PanelField;
    readonly definition: FieldDefinition | undefined;
    readonly name: string;
  },
) {
  const { field, name, view } = props;
  const { t } = useText();
  const { locked } = field;
  const why = locked === null || locked === 'action' ? undefined : t(`fields:locked.${locked}`);
  return (
    <Field
      id={field.key}
      wide={WIDE.includes(field.key) || field.kind === 'custom'}
      label={name}
      lockedWhy={why}
      pending={view.unconfirmed.includes(field.key)}
      copy={field.key === 'source.page' ? view.conversation.page : undefined}
      note={<MergedNote conversationId={view.conversation.id} field={field.key} />}
    >
      <Content {...props} />
    </Field>
  );
}
