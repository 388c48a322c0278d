import type { Handoff, Product } from '../../../../src/domain/model.ts';
import type { ThreadMessage, ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import { useNow } from '../../app/clock.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Status } from '../../ui/badge.tsx';
import { pageText } from '../profile/page-text.ts';
import css from './handoff-card.module.css';
import { timeWithAi, unansweredQuestion } from './thread-parts.ts';

function ReasonText({ code, text }: { readonly code: string | null; readonly text: string | null }) {
  const { t, labels } = useText();
  const words = labels.reason(code);
  if (words === null && text === null) return t('states:reason.none');
  return (
    <>
      {words !== null && <span className={css.reason}>{words}</span>}
      {words !== null && text !== null && ' — '}
      {text !== null && <bdi>{text}</bdi>}
    </>
  );
}

/** A product by its name, leading to its page where that is safe to open; told apart when the customer clicked it. */
export function ProductLink({ product }: { readonly product: Product }) {
  const { t } = useText();
  const href = product.url === null ? null : pageText(product.url).href;
  const name = <bdi>{product.name ?? product.productId}</bdi>;
  return (
    <span>
      {href === null ? (
        name
      ) : (
        <a href={href} rel="noreferrer" target="_blank" title={href}>
          {name}
        </a>
      )}
      {product.clickedAt !== null && <span className={css.quiet}> · {t('thread:handoff.clicked')}</span>}
    </span>
  );
}

function Skills({ initial, final }: { readonly initial: string | null; readonly final: string | null }) {
  const { t } = useText();
  if (initial === null || final === null || initial === final) return <bdi>{initial ?? final}</bdi>;
  return t('thread:handoff.skillsPath', { initial, final });
}

function Earlier({ handoffs }: { readonly handoffs: readonly Handoff[] }) {
  const { t, formats } = useText();
  const now = useNow();
  if (handoffs.length === 0) return null;
  return (
    <details className={css.earlier}>
      <summary>{t('thread:handoff.earlier', { count: handoffs.length })}</summary>
      <ul>
        {handoffs.map(({ ordinal, at, reasonCode, reason }) => (
          <li key={ordinal}>
            <time title={formats.full(at)}>{formats.dateTime(at, now)}</time> ·{' '}
            <ReasonText code={reasonCode} text={reason} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Lines(props: CardProps) {
  const { view, messages } = props;
  const { t, formats } = useText();
  const { conversation, products } = view;
  const time = timeWithAi(conversation);
  const question = unansweredQuestion(messages);
  const { initialSkill, finalSkill } = conversation;
  return (
    <dl className={css.lines}>
      <dt>{t('thread:handoff.reason')}</dt>
      <dd>
        <ReasonText code={conversation.handoffReasonCode} text={conversation.handoffReason} />
      </dd>
      {(initialSkill ?? finalSkill) !== null && (
        <>
          <dt>{t('thread:handoff.skills')}</dt>
          <dd>
            <Skills initial={initialSkill} final={finalSkill} />
          </dd>
        </>
      )}
      {time !== null && (
        <>
          <dt>{t('thread:handoff.ai')}</dt>
          <dd>{t('thread:handoff.aiValue', { count: props.aiCount, duration: formats.duration(time) })}</dd>
        </>
      )}
      {products.length > 0 && (
        <>
          <dt>{t('thread:handoff.products')}</dt>
          <dd className={css.products}>
            {products.map((product) => (
              <ProductLink key={product.productId} product={product} />
            ))}
          </dd>
        </>
      )}
      {conversation.humanState !== 'closed' && (
        <>
          <dt>{t('thread:handoff.question')}</dt>
          <dd className={question === null ? css.quiet : css.question} dir="auto">
            {question?.text ?? t('thread:handoff.noQuestion')}
          </dd>
        </>
      )}
    </dl>
  );
}

interface CardProps {
  readonly view: ThreadView;
  readonly messages: readonly ThreadMessage[];
  readonly aiCount: number;
}

/** Why this conversation is with the team, before anything else is read (S2). An offer without a yes is told. */
export function HandoffCard(props: CardProps) {
  const { t, formats } = useText();
  const now = useNow();
  const { conversation, handoffs } = props.view;
  const { handoffAt, handoffBy, handoffOffer } = conversation;
  if (handoffAt === null && handoffOffer === null) return null;
  const latest = handoffs.reduce<Handoff | null>(
    (last, one) => (last === null || one.at >= last.at ? one : last),
    null,
  );
  return (
    <section className={css.card} aria-label={t('thread:handoff.label')}>
      {handoffAt !== null && (
        <>
          <div className={css.head}>
            <h2 className={css.title}>{t(`states:handoffBy.${latest?.by ?? handoffBy ?? 'ai'}`)}</h2>
            <time title={formats.full(latest?.at ?? handoffAt)}>
              {formats.dateTime(latest?.at ?? handoffAt, now)}
            </time>
            {latest !== null && <span>{t(`states:method.${latest.method}`)}</span>}
          </div>
          <Lines {...props} />
          <Earlier handoffs={handoffs.filter((handoff) => handoff !== latest)} />
        </>
      )}
      {handoffOffer !== null && (
        <div className={handoffAt === null ? undefined : css.offer}>
          <Status tone="held">{t(`states:offer.${handoffOffer}`)}</Status>
        </div>
      )}
    </section>
  );
}
