import { useState } from 'react';
import type { CsatComment } from '../../../../src/protocol/rpc/insight.ts';
import { useNow } from '../../app/clock.tsx';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { rangeInput } from '../insight/days.ts';
import { useAgentNames } from '../inbox/use-agent-names.ts';
import css from './csat.module.css';
import { ScoreFace } from './score-face.tsx';

const PAGE = 50;

function Comment({ comment }: { readonly comment: CsatComment }) {
  const { t, formats, labels } = useText();
  const now = useNow();
  const { open } = useScreenActions();
  const { nameOf } = useAgentNames();
  const owner = nameOf(comment.ownerId);
  return (
    <li>
      <button type="button" className={css.comment} onClick={() => open(comment.conversationId)}>
        <span className={css.given}>
          {comment.score !== null && <ScoreFace score={comment.score} />}
          <strong>
            {comment.score === null
              ? t('csat:noScore')
              : t('csat:score', { score: formats.number(comment.score) })}
          </strong>
          <span className={css.scaleOf}>{t(`csat:scale.${comment.scale}`)}</span>
          <bdi>{labels.customer({ name: comment.customerName, email: null, phone: null })}</bdi>
          {owner !== null && <bdi className={css.owner}>{t('csat:owner', { name: owner })}</bdi>}
          <time className={css.when} title={formats.full(comment.answeredAt)}>
            {formats.dateTime(comment.answeredAt, now)}
          </time>
        </span>
        <span className={css.words} dir="auto" lang={comment.language ?? undefined}>
          {comment.comment}
        </span>
      </button>
    </li>
  );
}

/** A page of comments and the older ones after it: each begins where the one before it ends now. */
function CommentPages(props: {
  readonly after: string | null;
  readonly pages: number;
  readonly onMore: () => void;
}) {
  const { t } = useText();
  const range = useScreen((screen) => screen.insight.range);
  const { data } = useDeskQuery(
    'insight.csatComments',
    { ...rangeInput(range), after: props.after, limit: PAGE },
    { keep: true },
  );
  if (data === undefined) return null;
  return (
    <>
      {data.comments.map((comment) => (
        <Comment key={`${comment.conversationId}-${comment.ordinal}`} comment={comment} />
      ))}
      {data.next !== null && props.pages > 1 && (
        <CommentPages after={data.next} pages={props.pages - 1} onMore={props.onMore} />
      )}
      {data.next !== null && props.pages === 1 && (
        <li className={css.moreComments}>
          <Button small onClick={props.onMore}>
            {t('csat:comments.more')}
          </Button>
        </li>
      )}
    </>
  );
}

/** What customers wrote, newest first; each opens its conversation. */
export function Comments({ count }: { readonly count: number }) {
  const { t } = useText();
  const [pages, setPages] = useState(1);
  return (
    <section className={css.comments} aria-label={t('csat:comments')}>
      <h2 className={css.scaleName}>{t('csat:comments.title', { count })}</h2>
      {count === 0 ? (
        <p className={css.noComments}>{t('csat:comments.none')}</p>
      ) : (
        <ul>
          <CommentPages after={null} pages={pages} onMore={() => setPages(pages + 1)} />
        </ul>
      )}
    </section>
  );
}
