import { Plus, X } from 'lucide-react';
import type { Tag } from '../../../../src/domain/model.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { PendingMark } from '../../ui/pending-mark.tsx';
import { Popover } from '../../ui/popover.tsx';
import { TagPicker } from '../actions/tag-picker.tsx';
import type { ConversationActions } from '../actions/use-conversation-actions.ts';
import css from './profile.module.css';

/** The tags, each told by whom it was applied (S8); any can be taken off, others put on. */
export function TagsField(props: {
  readonly tags: readonly Tag[];
  /** Parts that the workspace has not confirmed. */
  readonly unconfirmed: readonly string[];
  readonly actions: ConversationActions;
}) {
  const { tags, unconfirmed, actions } = props;
  const { t } = useText();
  return (
    <div className={css.tags}>
      {tags.map(({ tag, appliedBy }) => (
        <span
          key={tag}
          className={cx(css.tag, appliedBy === 'ai' && css.byAi)}
          title={t(appliedBy === 'ai' ? 'states:tag.byAi' : 'states:tag.byAgent')}
        >
          <bdi>{tag}</bdi>
          {unconfirmed.includes(`tag:${tag}`) && <PendingMark />}
          <IconButton
            small
            icon={X}
            name={t('profile:tag.remove', { tag })}
            onClick={() => void actions.removeTag(tag)}
          />
        </span>
      ))}
      <Popover
        bare
        label={t('thread:tags.title')}
        align="end"
        trigger={<IconButton small icon={Plus} name={t('profile:tag.add')} />}
      >
        <TagPicker
          tags={tags.map(({ tag }) => tag)}
          onAdd={(tag) => void actions.addTag(tag)}
          onRemove={(tag) => void actions.removeTag(tag)}
        />
      </Popover>
    </div>
  );
}
