import type { ConversationId } from '../../../../src/base/ids.ts';
import { X } from 'lucide-react';
import { useNow } from '../../app/clock.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useConflictWords } from './use-conflict-words.ts';
import { useMerged, useMergedRead } from './use-merged.ts';
import css from './merged-note.module.css';

/** Under a field of the profile: that a colleague's change was merged into it, until it is read. */
export function MergedNote(props: { readonly conversationId: ConversationId; readonly field: string }) {
  const { t } = useText();
  const now = useNow();
  const items = useMerged();
  const onRead = useMergedRead();
  const words = useConflictWords();
  const item = items.find(
    ({ conversationId, field }) => conversationId === props.conversationId && field === props.field,
  );
  if (item === undefined) return null;
  const { who, mine } = words.merge(item, now);
  return (
    <dd className={css.note}>
      <p className={css.words}>
        {who} <bdi>{mine}</bdi>
      </p>
      <IconButton small icon={X} name={t('status:understood')} onClick={() => onRead(item.mid)} />
    </dd>
  );
}
