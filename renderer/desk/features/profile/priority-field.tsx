import { PRIORITIES, type Priority } from '../../../../src/domain/model.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { PriorityGlyph } from '../../ui/glyphs.tsx';
import { Menu, MenuChoices } from '../../ui/menu.tsx';
import type { ConversationActions } from '../actions/use-conversation-actions.ts';
import css from './profile.module.css';

type Choice = Priority | 'unset';

/** The priority, changed by its own action (C5); unset reads as medium and says so. */
export function PriorityField(props: {
  readonly priority: Priority | null;
  readonly actions: ConversationActions;
}) {
  const { priority, actions } = props;
  const { t, labels } = useText();
  const choices = [...PRIORITIES, null].map((value) => ({
    value: value ?? ('unset' as const),
    label: value === null ? t('thread:priority.clear') : labels.priority(value),
    aside: <PriorityGlyph priority={value} named={false} />,
  }));
  return (
    <Menu
      label={t('profile:field.priority')}
      trigger={
        <button
          type="button"
          className={css.edit}
          aria-label={`${t('profile:field.priority')}: ${labels.priority(priority)}`}
        >
          <PriorityGlyph priority={priority} named={false} /> {labels.priority(priority)}
        </button>
      }
    >
      <MenuChoices<Choice>
        value={priority ?? 'unset'}
        choices={choices}
        onChoose={(choice) => void actions.setPriority(choice === 'unset' ? null : choice)}
      />
    </Menu>
  );
}
