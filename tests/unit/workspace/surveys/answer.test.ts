import { describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { DAY, epochMillis, HOUR } from '../../../../src/base/time.ts';
import { readLinkToken, signLink } from '../../../../src/workspace/surveys/link.ts';
import { SURVEY_PATH } from '../../../../src/protocol/surveys.ts';
import { said } from '../../../support/workspace/events.ts';
import { type SurveyHouse, surveyHouse } from '../../../support/workspace/surveys.ts';

async function asked(over = {}): Promise<SurveyHouse> {
  const house = await surveyHouse({ delay: HOUR, ...over });
  await house.close();
  await house.later();
  return house;
}

const whole = (house: SurveyHouse) =>
  house.store.page({ table: 'conversation', after: null, limit: 9, agentId: asId('x') });

describe('answering', () => {
  test('[Q4] the last answer counts until it expires, and the earlier ones stay in the history', async () => {
    const house = await asked();
    const token = await house.token();
    expect(await house.workspace.answerSurvey(token, { score: 2, comment: 'slow' })).toMatchObject({
      ok: true,
      value: { csat: { score: 2, comment: 'slow', answerCount: 1 } },
    });
    house.clock.advance(DAY);
    await house.workspace.answerSurvey(token, { score: 5, comment: null });
    expect(await house.csat()).toMatchObject([{ score: 5, comment: null, answerCount: 2 }]);
    const history = (await house.store.rowsOf('history', [asId('c1')])).get(asId('c1')) ?? [];
    const facts = history.map(({ fact }) => JSON.parse(fact) as { type: string; score?: number });
    expect(facts.filter(({ type }) => type === 'surveyAnswered').map(({ score }) => score)).toEqual([2, 5]);
    house.clock.advance(7 * DAY);
    expect(await house.workspace.answerSurvey(token, { score: 1, comment: null })).toMatchObject({
      error: { type: 'expired' },
    });
    expect(await house.csat()).toMatchObject([{ score: 5 }]);
  });

  test('[Q4] the same answer twice is one', async () => {
    const house = await asked();
    const token = await house.token();
    await house.workspace.answerSurvey(token, { score: 4, comment: 'ok' });
    const head = await house.workspace.head();
    expect((await house.workspace.answerSurvey(token, { score: 4, comment: ' ok ' })).ok).toBe(true);
    expect(await house.workspace.head()).toBe(head);
  });

  test('[Q1] a wrong score, or a missing one: nothing is stored', async () => {
    const house = await asked({ scale: 3 });
    const [token, head] = [await house.token(), await house.workspace.head()];
    for (const score of [0, 2, 4, 6, 1.5, Number.NaN])
      expect(await house.workspace.answerSurvey(token, { score, comment: null })).toMatchObject({
        error: { type: 'wrongScore' },
      });
    expect(await house.workspace.answerSurvey(token, { score: null, comment: 'x' })).toMatchObject({
      error: { type: 'scoreMissing' },
    });
    expect(await house.workspace.head()).toBe(head);
  });

  test('[S9] it reopens nothing and touches no timing, no wait, nothing unread', async () => {
    const house = await asked();
    const [before] = await house.store.rows('conversation', [[asId<'ConversationId'>('c1')]]);
    const cycles = await house.store.rowsOf('cycle', [asId('c1')]);
    await house.workspace.answerSurvey(await house.token(), { score: 1, comment: 'bad' });
    const [after] = await house.store.rows('conversation', [[asId<'ConversationId'>('c1')]]);
    expect({ ...after, foldedAt: 0, foldedId: '' }).toEqual({ ...before, foldedAt: 0, foldedId: '' });
    expect(await house.store.rowsOf('cycle', [asId('c1')])).toEqual(cycles);
    expect((await whole(house)).length).toBe(1);
  });

  test('[Q6] it shows as profile.csat and profile.csatComment', async () => {
    const house = await asked();
    await house.workspace.answerSurvey(await house.token(), { score: 4, comment: '좋아요' });
    const fields = (await house.store.rowsOf('fieldValue', [asId('c1')])).get(asId('c1'));
    expect(fields?.map(({ field, number, text }) => [field, number ?? text])).toEqual([
      ['profile.csat', 4],
      ['profile.csatComment', '좋아요'],
    ]);
  });

  test('[Q4] while the conversation is open again', async () => {
    const house = await asked();
    await house.ingest(said('c1', 'again', 'customer', house.clock.now()));
    expect((await house.workspace.answerSurvey(await house.token(), { score: 4, comment: null })).ok).toBe(
      true,
    );
    expect((await house.store.rows('conversation', [[asId<'ConversationId'>('c1')]]))[0]?.humanState).toBe(
      'open',
    );
  });

  test('[Q4] of a survey that was deleted since', async () => {
    const house = await asked();
    await house.lead(['survey.delete', { id: 's1' }]);
    expect(await house.workspace.survey(await house.token())).toMatchObject({
      ok: true,
      value: { survey: null },
    });
    expect((await house.workspace.answerSurvey(await house.token(), { score: 4, comment: null })).ok).toBe(
      true,
    );
  });

  test('[Q4] what no store keeps as it is is replaced in a comment', async () => {
    const house = await asked();
    await house.workspace.answerSurvey(await house.token(), { score: 4, comment: 'a\ud83db\0c' });
    expect((await house.csat())[0]?.comment).toBe('a\ufffdb\ufffdc');
  });
});

describe('links', () => {
  const claims = { conversationId: asId<'ConversationId'>('c:1/é'), ordinal: 2, expiresAt: epochMillis(99) };
  const tokenOf = (secret: string) => signLink(secret, claims).slice(SURVEY_PATH.length);

  test('[Q5] says what was signed, and fits an address', () => {
    expect(readLinkToken('secret', tokenOf('secret'))).toEqual(claims);
    expect(tokenOf('secret')).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/);
  });

  test('[Q5] one changed character anywhere, another secret, or something else altogether is forged', () => {
    const token = tokenOf('secret');
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(readLinkToken('secret', token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
    }
    expect(readLinkToken('other', token)).toBeNull();
    for (const text of ['', '.', 'a.b', `${token}.x`, `${token}=`, `${token} `, 'x'.repeat(5_000)])
      expect(readLinkToken('secret', text)).toBeNull();
  });

  test('[Q5] a later expiry written over the right one is forged', async () => {
    const house = await asked();
    const token = await house.token();
    const later = Buffer.from(JSON.stringify(['c1', 1, house.clock.now() + 900 * DAY])).toString('base64url');
    expect(await house.workspace.survey(`${later}.${token.split('.')[1]}`)).toEqual({
      ok: false,
      error: { type: 'unknown' },
    });
  });

  test('[Q5] the secret is the workspace’s own and stays', async () => {
    const house = await asked();
    expect(await house.store.linkSecret('another')).not.toBe('another');
    const elsewhere = await asked();
    expect((await elsewhere.workspace.survey(tokenOf('secret'))).ok).toBe(false);
  });
});
