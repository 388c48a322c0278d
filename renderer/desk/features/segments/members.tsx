import { useState } from 'react';
import type { SegmentRule } from '../../../../src/domain/segments/rule.ts';
import type { SegmentMember } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import css from './segments.module.css';

const PAGE = 50;

function Member({ member }: { readonly member: SegmentMember }) {
  const { formats, labels } = useText();
  const { open } = useScreenActions();
  const { latestConversationId } = member;
  const name = labels.customer({ name: member.name, email: member.email, phone: member.phone });
  return (
    <tr>
      <th scope="row">
        {latestConversationId === null ? (
          <bdi>{name}</bdi>
        ) : (
          <Button small look="link" className={css.memberName} onClick={() => open(latestConversationId)}>
            <bdi>{name}</bdi>
          </Button>
        )}
      </th>
      <td>
        <bdi>{member.email}</bdi>
      </td>
      <td>
        <bdi>{member.phone}</bdi>
      </td>
      <td>{member.language === null ? '' : formats.languageName(member.language)}</td>
      <td className={css.count}>{formats.number(member.conversations)}</td>
    </tr>
  );
}

/** Who is in it: the known ones, a page at a time; the anonymous ones are only counted (G1). */
export function Members({ rule }: { readonly rule: SegmentRule }) {
  const { t, formats } = useText();
  const [page, setPage] = useState(0);
  const { data } = useDeskQuery(
    'insight.segmentMembers',
    { rule, offset: page * PAGE, limit: PAGE },
    { keep: true },
  );
  if (data === undefined) return null;
  const pages = Math.max(1, Math.ceil(data.known / PAGE));
  return (
    <section aria-label={t('segments:members')}>
      <h2 className={css.heading}>{t('segments:members')}</h2>
      {data.known > 0 && (
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('segments:column.name')}</th>
              <th scope="col">{t('segments:customer.email')}</th>
              <th scope="col">{t('segments:customer.phone')}</th>
              <th scope="col">{t('segments:customer.language')}</th>
              <th scope="col" className={css.count}>
                {t('segments:column.conversations')}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.members.map((member) => (
              <Member key={member.customerId} member={member} />
            ))}
          </tbody>
        </table>
      )}
      {pages > 1 && (
        <nav className={css.pager} aria-label={t('segments:pages')}>
          <Button small disabled={page === 0} onClick={() => setPage(page - 1)}>
            {t('segments:pages.previous')}
          </Button>
          <span>
            {t('segments:pages.at', { page: formats.number(page + 1), pages: formats.number(pages) })}
          </span>
          <Button small disabled={page + 1 >= pages} onClick={() => setPage(page + 1)}>
            {t('segments:pages.next')}
          </Button>
        </nav>
      )}
    </section>
  );
}
