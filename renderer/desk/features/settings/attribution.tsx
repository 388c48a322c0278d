import type { WorkspaceSettings } from '../../../../src/protocol/rpc/settings.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useChange } from '../actions/use-change.ts';
import { HoursField } from './hours-field.tsx';
import css from './settings.module.css';
import { ATTRIBUTED, attributionWith, type Attribution, TOUCHES } from './attribution-edit.ts';

const NINETY_DAYS = 2_160;

function ChannelLine(props: {
  readonly channel: string;
  readonly attribution: Attribution;
  readonly disabled: boolean;
  readonly onSave: (attribution: Attribution) => Promise<boolean>;
}) {
  const { channel, attribution, disabled, onSave } = props;
  const { t, labels } = useText();
  const name = labels.channel(channel);
  const set = attribution[channel];
  return (
    <li className={css.line}>
      <span>{name}</span>
      <span className={css.inline} role="group" aria-label={name}>
        {TOUCHES.map((touch) => (
          <label key={touch} className={css.touch}>
            <input
              type="checkbox"
              disabled={disabled}
              checked={set?.touches.includes(touch) === true}
              onChange={(event) =>
                void onSave(attributionWith(attribution, channel, { touch, on: event.currentTarget.checked }))
              }
            />
            {t(`settings:attribution.${touch}`)}
          </label>
        ))}
        {set === undefined ? (
          <span className={css.quiet}>{t('settings:attribution.none')}</span>
        ) : (
          <HoursField
            label={t('settings:attribution.window', { channel: name })}
            value={set.windowHours}
            most={NINETY_DAYS}
            disabled={disabled}
            onSave={(hours) =>
              onSave(attributionWith(attribution, channel, { windowHours: hours ?? set.windowHours }))
            }
          />
        )}
      </span>
    </li>
  );
}

/** What makes an order a sale of the AI's, channel by channel (O4, A1). */
export function AttributionPart(props: {
  readonly settings: Pick<WorkspaceSettings, 'attribution'>;
  readonly disabled: boolean;
}) {
  const { t, labels } = useText();
  const change = useChange();
  const attribution = props.settings.attribution ?? {};
  const channels = [...new Set([...ATTRIBUTED, ...Object.keys(attribution)])];
  return (
    <section className={css.part} aria-labelledby="attribution">
      <h3 id="attribution" className={css.partTitle}>
        {t('settings:attribution.title')}
      </h3>
      <p className={css.quiet}>{t('settings:attribution.intro')}</p>
      <ul className={css.lines}>
        <li className={css.line}>
          <span>{labels.channel('web_chat')}</span>
          <span className={css.quiet}>{t('settings:attribution.webChat')}</span>
        </li>
        {channels.map((channel) => (
          <ChannelLine
            key={channel}
            channel={channel}
            attribution={attribution}
            disabled={props.disabled}
            onSave={(next) =>
              change('settings.setAttribution', { value: Object.keys(next).length === 0 ? null : next })
            }
          />
        ))}
      </ul>
    </section>
  );
}
