import {
  Bot,
  Check,
  Circle,
  CircleAlert,
  CirclePause,
  Headset,
  Info,
  type LucideIcon,
  Mail,
  MessageCircle,
  MessageSquare,
  Phone,
  Smartphone,
  StickyNote,
  User,
} from 'lucide-react';
import type { AuthorKind, Priority } from '../../../src/domain/model.ts';
import { useText } from '../i18n/text-provider.tsx';
import { cx } from './cx.ts';
import css from './glyphs.module.css';

interface Named {
  /** False where a word stands beside it already. */
  readonly named?: boolean;
}

function naming(name: string, named: boolean | undefined) {
  return named === false ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name };
}

function Line(
  props: { readonly of: LucideIcon; readonly className: string | undefined; readonly name: string } & Named,
) {
  const Drawing = props.of;
  return (
    <span title={props.named === false ? undefined : props.name} className={cx(css.glyph, props.className)}>
      <Drawing size={16} strokeWidth={1.5} className="icon" {...naming(props.name, props.named)} />
    </span>
  );
}

/** Bars of a priority: three for high, two for medium, one for low. Unset has medium's bars, hollow (C5). */
export function PriorityGlyph({ priority, named }: { readonly priority: Priority | null } & Named) {
  const { labels } = useText();
  const name = labels.priority(priority);
  const filled = { high: 3, medium: 2, low: 1, unset: 2 }[priority ?? 'unset'];
  return (
    <span title={named === false ? undefined : name} className={cx(css.glyph, css[priority ?? 'unset'])}>
      <svg viewBox="0 0.75 16 16" className="icon" {...naming(name, named)}>
        {[0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={2.5 + bar * 4}
            y={10 - bar * 3.5}
            width={2.5}
            height={3.5 + bar * 3.5}
            rx={0.75}
            fill={bar < filled && priority !== null ? 'currentColor' : 'none'}
            stroke={bar < filled ? 'currentColor' : 'none'}
            strokeWidth={priority === null ? 1 : 0.5}
          />
        ))}
        {filled < 3 &&
          [0, 1, 2]
            .filter((bar) => bar >= filled)
            .map((bar) => (
              <circle key={bar} cx={3.75 + bar * 4} cy={12.75} r={0.9} fill="currentColor" opacity={0.7} />
            ))}
      </svg>
    </span>
  );
}

const CHANNELS: Readonly<Record<string, LucideIcon>> = {
  web_chat: MessageSquare,
  email: Mail,
  sms: Smartphone,
  whatsapp: Phone,
};

/** A channel's sign; one that we do not know is a plain bubble with its name. */
export function ChannelGlyph({ channel, named }: { readonly channel: string } & Named) {
  const { labels } = useText();
  const icon = Object.hasOwn(CHANNELS, channel) ? CHANNELS[channel] : undefined;
  return (
    <Line
      of={icon ?? MessageCircle}
      className={css.channel}
      name={labels.channel(channel)}
      named={named ?? true}
    />
  );
}

const AUTHORS: Readonly<Record<AuthorKind, LucideIcon>> = {
  customer: User,
  ai: Bot,
  agent: Headset,
  system: Info,
};

/** Who wrote: customer, AI agent, human agent or system; a note has its own sign. */
export function AuthorGlyph(props: { readonly kind: AuthorKind; readonly note?: boolean } & Named) {
  const { t, labels } = useText();
  const note = props.note === true;
  return (
    <Line
      of={note ? StickyNote : AUTHORS[props.kind]}
      className={css[note ? 'note' : props.kind]}
      name={note ? t('states:author.note') : labels.author(props.kind)}
      named={props.named ?? true}
    />
  );
}

export type DeliveryLook = 'pending' | 'held' | 'failed' | 'delivered';
const DELIVERIES = {
  pending: { icon: Circle, key: 'states:delivery.queued' },
  held: { icon: CirclePause, key: 'states:delivery.held' },
  failed: { icon: CircleAlert, key: 'states:delivery.failed' },
  delivered: { icon: Check, key: 'states:delivery.delivered' },
} as const;

/** How far a change has come: hollow until the workspace has it, amber when held, red when refused. */
export function DeliveryGlyph({ state, named }: { readonly state: DeliveryLook } & Named) {
  const { t } = useText();
  const { icon, key } = DELIVERIES[state];
  return <Line of={icon} className={css[state]} name={t(key)} named={named ?? true} />;
}
