import { memo } from 'react';
import type { SearchHit } from '../../../../src/protocol/rpc/status.ts';
import { useNow } from '../../app/clock.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { cx } from '../../ui/cx.ts';
import { AuthorGlyph } from '../../ui/glyphs.tsx';
import { markedParts, nearFirstHit } from './marked-parts.ts';
import css from './search.module.css';

/** What of the text is shown before the first hit. */
const BEFORE = 48;
const KINDS = ['customer', 'ai', 'agent', 'system'] as const;

export function hitElementId(messageId: string): string {
  return `hit-${messageId}`;
}

function Excerpt({ hit }: { readonly hit: SearchHit }) {
  const near = nearFirstHit(hit.text, hit.ranges, BEFORE);
  let at = 0;
  return markedParts(near.text, near.ranges).map(({ text, marked }) => {
    const key = at;
    at += text.length;
    return marked ? (
      <mark key={key} className={css.mark}>
        {text}
      </mark>
    ) : (
      text
    );
  });
}

/** One message found: whose conversation, who wrote it, when, and the words around the hit. */
export const HitRow = memo(function HitRow(props: {
  readonly hit: SearchHit;
  readonly selected: boolean;
  readonly onOpen: () => void;
}) {
  const { hit, selected } = props;
  const { t, formats } = useText();
  const now = useNow();
  const kind = KINDS.find((known) => known === hit.authorKind);
  const note = hit.authorKind === 'note';
  return (
    // The list answers the keys: one focus for all of its options.
    <div
      id={hitElementId(hit.messageId)}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      className={cx(css.hit, selected && css.selected)}
      onClick={props.onOpen}
    >
      <div className={css.line}>
        <AuthorGlyph kind={kind ?? 'agent'} note={note} />
        <bdi className={css.name}>{hit.customerName ?? t('common:anonymous')}</bdi>
        <time className={css.age} title={formats.full(hit.at)}>
          {formats.age(hit.at, now)}
        </time>
      </div>
      <div className={css.text} dir="auto">
        <Excerpt hit={hit} />
      </div>
    </div>
  );
});
