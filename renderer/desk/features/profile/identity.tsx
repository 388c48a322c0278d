import type { Customer } from '../../../../src/domain/model.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Field, Value } from './field.tsx';
import css from './profile.module.css';

/** Who the customer is, each value ready to copy. */
export function Identity({ customer }: { readonly customer: Customer }) {
  const { t, labels, formats } = useText();
  const { name, email, phone, language } = customer;
  return (
    <section className={css.section} aria-label={t('profile:customer')}>
      <div className={css.identity}>
        <Avatar kind="customer" large decorative name={name ?? email ?? phone} />
        <bdi className={css.name}>{labels.customer(customer)}</bdi>
      </div>
      <dl className={css.grid}>
        <Field wide label={t('profile:field.email')} copy={email}>
          <Value of={email} />
        </Field>
        <Field label={t('profile:field.phone')} copy={phone}>
          <Value of={phone} />
        </Field>
        <Field label={t('profile:field.language')}>
          {language === null ? t('states:language.unknown') : <bdi>{formats.languageName(language)}</bdi>}
        </Field>
      </dl>
    </section>
  );
}
