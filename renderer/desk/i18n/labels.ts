import type { AiOutcome, AuthorKind, HumanState, Priority } from '../../../src/domain/model.ts';
import type { WireErrorCode } from '../../../src/protocol/errors.ts';
import type { RefusalCode } from '../../../src/mutations/mutation.ts';
import type { Text, TextKey } from './keys.ts';

/** What fills the sentence of a refusal. */
export interface RefusalWords {
  readonly name?: string | undefined;
  readonly field?: string | undefined;
  readonly expected?: string | undefined;
  readonly got?: string | undefined;
}

/** The texts of values that the engine answers with. Codes that nobody knows are shown as they are. */
export interface Labels {
  humanState(state: HumanState | null): string;
  aiOutcome(outcome: AiOutcome | null): string;
  /** What an outcome is called elsewhere, for searches: "Routed to team". */
  aiOutcomeAliases(outcome: AiOutcome): string;
  /** Unset reads as medium, told apart (C5). */
  priority(priority: Priority | null): string;
  channel(channel: string): string;
  author(kind: AuthorKind): string;
  /** The reason's words for its code; null without one. */
  reason(code: string | null): string | null;
  /** `name`: the colleague who stood in the way; `field`: the field's name; `expected`, `got`: codes of F1. */
  refusal(code: RefusalCode, detail: RefusalWords): string;
  wireError(code: WireErrorCode): string;
  /** A customer's name, else email, else phone, else "Anonymous" (O8). */
  customer(customer: {
    readonly name: string | null;
    readonly email: string | null;
    readonly phone: string | null;
  }): string;
}

const CHANNELS: Readonly<Record<string, TextKey>> = {
  web_chat: 'states:channel.web_chat',
  email: 'states:channel.email',
  sms: 'states:channel.sms',
  whatsapp: 'states:channel.whatsapp',
};

const REASONS: Readonly<Record<string, TextKey>> = {
  complaint: 'states:reason.complaint',
  damaged_item: 'states:reason.damaged_item',
  delivery_lost: 'states:reason.delivery_lost',
  explicit_ask: 'states:reason.explicit_ask',
  fraud: 'states:reason.fraud',
  knowledge_gap: 'states:reason.knowledge_gap',
  order_change: 'states:reason.order_change',
  other: 'states:reason.other',
  payment_failed: 'states:reason.payment_failed',
  policy_exception: 'states:reason.policy_exception',
  refund_dispute: 'states:reason.refund_dispute',
  safety: 'states:reason.safety',
  unintelligible: 'states:reason.unintelligible',
  unsupported_language: 'states:reason.unsupported_language',
  warranty: 'states:reason.warranty',
  wholesale: 'states:reason.wholesale',
};

const FIELD_TYPES: Readonly<Record<string, TextKey>> = {
  Boolean: 'fields:type.Boolean',
  String: 'fields:type.String',
  Number: 'fields:type.Number',
  Date: 'fields:type.Date',
  Datetime: 'fields:type.Datetime',
  List: 'fields:type.List',
};

const VALUE_KINDS: Readonly<Record<string, TextKey>> = {
  nothing: 'fields:got.nothing',
  string: 'fields:got.string',
  number: 'fields:got.number',
  boolean: 'fields:got.boolean',
  list: 'fields:got.list',
  object: 'fields:got.object',
};

function known(t: Text, keys: Readonly<Record<string, TextKey>>, code: string): string {
  const key = Object.hasOwn(keys, code) ? keys[code] : undefined;
  return key === undefined ? code : t(key);
}

/** Which words the AI's outcomes go by: ours, or the newer ones of the dashboards that readers come from. */
export type OutcomeWords = 'own' | 'newer';
export const OUTCOME_WORDS: readonly OutcomeWords[] = ['own', 'newer'];

/** Binds the texts of values to a language. */
export function createLabels(t: Text, words: OutcomeWords = 'own'): Labels {
  return {
    humanState: (state) => t(`states:human.${state ?? 'none'}`),
    aiOutcome: (outcome) =>
      outcome !== null && words === 'newer'
        ? t(`states:ai.newer.${outcome}`)
        : t(`states:ai.${outcome ?? 'none'}`),
    aiOutcomeAliases: (outcome) => t(`states:ai.aliases.${outcome}`),
    priority: (priority) => t(`states:priority.${priority ?? 'unset'}`),
    channel: (channel) => known(t, CHANNELS, channel),
    author: (kind) => t(`states:author.${kind}`),
    reason: (code) => (code === null ? null : known(t, REASONS, code)),
    refusal: (code, { name, field, expected, got }) =>
      t(`errors:refusal.${code}`, {
        name: name ?? t('common:unknown'),
        field: field ?? t('common:unknown'),
        expected: known(t, FIELD_TYPES, expected ?? ''),
        got: known(t, VALUE_KINDS, got ?? 'object'),
      }),
    wireError: (code) => t(`errors:wire.${code}`),
    customer: ({ name, email, phone }) => name ?? email ?? phone ?? t('common:anonymous'),
  };
}
