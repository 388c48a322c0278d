import { expect, test } from 'vitest';
import { latestAnswer } from '../../../../renderer/desk/features/profile/csat-value.tsx';
import { asId } from '../../../../src/base/ids.ts';
import { epochMillis } from '../../../../src/base/time.ts';
import type { Csat } from '../../../../src/domain/model.ts';

function asked(ordinal: number, score: number | null): Csat {
  return {
    conversationId: asId<'ConversationId'>('c1'),
    ordinal,
    surveyId: 's1',
    scale: 5,
    language: 'en',
    medium: 'form',
    ownerId: null,
    sentAt: epochMillis(ordinal),
    expiresAt: null,
    score,
    comment: null,
    answeredAt: score === null ? null : epochMillis(ordinal + 10),
    answerCount: score === null ? 0 : 1,
    link: null,
  };
}

test('[Q6] the profile shows the score of the latest answered cycle', () => {
  expect(latestAnswer([asked(1, 5), asked(2, 3), asked(3, null)])?.ordinal).toBe(2);
  expect(latestAnswer([asked(1, null)])).toBeNull();
});
