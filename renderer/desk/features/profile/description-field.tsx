import { useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/text-provider.tsx';
import { TextArea } from '../../ui/field.tsx';
import type { ConversationActions } from '../actions/use-conversation-actions.ts';
import css from './profile.module.css';

/** Longest description. */
const LONGEST = 10_000;

/** The description, edited where it stands: saved on leaving, kept as typed when it could not be saved. */
export function DescriptionField(props: {
  readonly value: string | null;
  readonly actions: ConversationActions;
}) {
  const { t } = useText();
  const saved = props.value ?? '';
  const [text, setText] = useState(saved);
  const before = useRef(saved);
  useEffect(() => {
    // Somebody else's word shows unless something else is being written here.
    const was = before.current;
    setText((own) => (own === was ? saved : own));
    before.current = saved;
  }, [saved]);
  const save = (): void => {
    if (text.trim() === saved.trim()) setText(saved);
    else void props.actions.setDescription(text.trim() === '' ? null : text);
  };
  return (
    <TextArea
      look="inline"
      className={css.description}
      aria-label={t('profile:field.description')}
      placeholder={t('profile:description.add')}
      value={text}
      maxLength={LONGEST}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        event.currentTarget.blur();
      }}
    />
  );
}
