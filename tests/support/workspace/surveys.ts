import type { AgentId } from '../../../src/base/ids.ts';
import { asId } from '../../../src/base/ids.ts';
import { HOUR } from '../../../src/base/time.ts';
import type { Csat } from '../../../src/domain/model.ts';
import { contentOf } from '../../../src/mutations/survey-args.ts';
import type { Survey } from '../../../src/domain/csat/survey.ts';
import { SURVEY_PATH } from '../../../src/protocol/surveys.ts';
import type { Desk } from '../../../src/workspace/push.ts';
import { surveyOf } from '../domain/surveys.ts';
import { handedOver } from './events.ts';
import { type Call, type House, openHouse, START } from './house.ts';

/** A workspace with an open conversation `c1` of Ana's, a survey that is on, and an address for customers. */
export interface SurveyHouse extends House {
  readonly ana: Desk;
  readonly boss: Desk;
  /** As Ana, on her one desk. */
  do(...calls: readonly Call[]): Promise<void>;
  /** As the boss. */
  lead(...calls: readonly Call[]): Promise<void>;
  close(id?: string): Promise<void>;
  csat(id?: string): Promise<readonly Csat[]>;
  /** Lets an hour and a bit pass, and the sweep run. */
  later(length?: number): Promise<number>;
  token(id?: string): Promise<string>;
}

/** Half an hour after the events below. */
const NOW = START + HOUR / 2;

export async function surveyHouse(
  survey: Partial<Survey> | null = {},
  address: string | null = 'https://care.example.com',
): Promise<SurveyHouse> {
  const house = await openHouse({ now: NOW });
  const [ana, boss] = [await house.hire('ana'), await house.hire('boss', 'admin')];
  const mids = new Map<AgentId, number>();
  const push = async (desk: Desk, calls: readonly Call[]): Promise<void> => {
    const from = (mids.get(desk.agentId) ?? 0) + 1;
    mids.set(desk.agentId, from + calls.length - 1);
    const { outcomes } = await house.push(desk, `desk-${desk.agentId}`, from, ...calls);
    const refused = outcomes.find(({ status }) => status === 'refused');
    if (refused !== undefined) throw new Error(JSON.stringify(refused));
  };
  await house.ingest(...handedOver('c1'));
  const made: SurveyHouse = {
    ...house,
    ana,
    boss,
    do: (...calls) => push(ana, calls),
    lead: (...calls) => push(boss, calls),
    close: async (id = 'c1') => {
      const [row] = await house.store.rows('conversation', [[asId<'ConversationId'>(id)]]);
      const seenCustomerMessageId = row?.lastCustomerMessageId ?? null;
      await push(ana, [['conversation.close', { conversationId: id, seenCustomerMessageId }]]);
    },
    csat: async (id = 'c1') => (await house.store.rowsOf('csat', [asId(id)])).get(asId(id)) ?? [],
    later: async (length = HOUR) => {
      house.clock.advance(length);
      return (await house.workspace.sweep()).sent;
    },
    token: async (id = 'c1') => (await made.csat(id)).at(-1)?.link?.slice(SURVEY_PATH.length) ?? '',
  };
  await made.lead(['address.set', { url: address }]);
  if (survey !== null) {
    const whole = surveyOf(survey);
    await made.lead(['survey.save', { id: whole.id, survey: contentOf(whole), on: true }]);
  }
  await made.do(['conversation.take', { conversationId: 'c1' }]);
  return made;
}
