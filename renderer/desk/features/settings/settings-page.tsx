import type { Role } from '../../../../src/domain/model.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Icon } from '../../ui/icon.tsx';
import { sectionOf, sectionsFor } from './section-choice.ts';
import { SETTINGS_SECTIONS, type SettingsSection } from './sections.ts';
import css from './settings-page.module.css';

const GROUPS = ['mine', 'workspace'] as const;

function SectionEntries(props: {
  readonly of: readonly SettingsSection[];
  readonly current: SettingsSection;
}) {
  const { t } = useText();
  const { goTo } = useScreenActions();
  return props.of.map((section) => (
    <li key={section.id}>
      <button
        type="button"
        className={css.entry}
        aria-current={section.id === props.current.id ? 'page' : undefined}
        data-pane-focus={section.id === props.current.id ? true : undefined}
        onClick={() => goTo('settings', section.id)}
      >
        <Icon of={section.icon} />
        <span className={css.entryText}>{t(section.label)}</span>
      </button>
    </li>
  ));
}

/** What the reader and the workspace may arrange: sections at the side, one of them open. */
export function SettingsPage() {
  const { t } = useText();
  const wanted = useScreen((screen) => screen.section);
  const { data } = useDeskQuery('app.info', {});
  const role: Role = data?.me.role ?? 'agent';
  const sections = sectionsFor(SETTINGS_SECTIONS, role);
  const current = sectionOf(sections, wanted);
  if (current === null) return null;
  const { Section } = current;
  return (
    <div className={css.page}>
      <nav className={css.nav} aria-label={t('settings:title')}>
        <h1 className={css.title}>{t('settings:title')}</h1>
        {GROUPS.map((group) => {
          const inGroup = sections.filter((section) => section.group === group);
          if (inGroup.length === 0) return null;
          return (
            <section key={group} aria-label={t(`settings:group.${group}`)}>
              <h2 className={css.group}>{t(`settings:group.${group}`)}</h2>
              <ul className={css.entries}>
                <SectionEntries of={inGroup} current={current} />
              </ul>
            </section>
          );
        })}
      </nav>
      <div className={css.content}>
        <section className={css.section} aria-labelledby="settings-section">
          <h2 id="settings-section" className={css.heading}>
            {t(current.label)}
          </h2>
          <Section key={current.id} />
        </section>
      </div>
    </div>
  );
}
