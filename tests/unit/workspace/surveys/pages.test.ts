import { describe, expect, onTestFinished, test } from 'vitest';
import { DAY, HOUR } from '../../../../src/base/time.ts';
import { messengerPages } from '../../../../src/host/messenger/pages.ts';
import { SURVEY_PATH } from '../../../../src/protocol/surveys.ts';
import { languagesOf } from '../../../../src/workspace/messenger/survey-routes.ts';
import { createWorkspaceServer } from '../../../../src/workspace/server/server.ts';
import { handedOver } from '../../../support/workspace/events.ts';
import { type SurveyHouse, surveyHouse } from '../../../support/workspace/surveys.ts';

const PAGES = messengerPages('Asia/Seoul');

interface Front {
  readonly house: SurveyHouse;
  readonly path: string;
  get(path: string, languages?: string): Promise<Answer>;
  /** Sends the form as a browser without script does. */
  send(path: string, form: Readonly<Record<string, string>>): Promise<Answer>;
}
interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

async function front(language = 'ko', over = {}, limits = {}): Promise<Front> {
  const house = await surveyHouse({ delay: HOUR, ...over });
  await house.ingest(
    ...handedOver('k1', house.clock.now() - 60_000).map((event) =>
      event.type === 'conversation.started' ? { ...event, profile: { id: 'k', language } } : event,
    ),
  );
  await house.close('k1');
  await house.later();
  const server = await createWorkspaceServer(house.workspace, {
    log: (event) => house.log.push(event),
    pages: PAGES,
    limits,
  });
  onTestFinished(() => server.close());
  const answer = (sent: { statusCode: number; body: string; headers: object }): Answer => ({
    status: sent.statusCode,
    body: sent.body,
    headers: { ...sent.headers },
  });
  return {
    house,
    path: `${SURVEY_PATH}${await house.token('k1')}`,
    get: async (url, languages) => {
      const headers = {
        host: 'any.example',
        ...(languages === undefined ? {} : { 'accept-language': languages }),
      };
      return answer(await server.app.inject({ method: 'GET', url, headers }));
    },
    send: async (url, form) =>
      answer(
        await server.app.inject({
          method: 'POST',
          url,
          headers: {
            host: 'any.example',
            origin: 'null',
            'content-type': 'application/x-www-form-urlencoded',
          },
          payload: new URLSearchParams(form).toString(),
        }),
      ),
  };
}

describe('the customer’s page', () => {
  test('[C9] [C11] is a form in their language, with every point by name', async () => {
    const { get, path } = await front('ko-KR');
    const { status, body, headers } = await get(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('<html lang="ko" dir="ltr">');
    for (const name of ['매우 불만족', '불만족', '보통', '만족', '매우 만족'])
      expect(body).toContain(`>${name}<`);
    expect(body.match(/type="radio"/g)).toHaveLength(5);
    expect(body).toContain('나중에 하기');
  });

  test('[Q1] shows as many faces as its scale has points', async () => {
    const { get, path } = await front('sv', { scale: 2, comment: 'none', formRequired: true });
    const { body } = await get(path);
    expect([...body.matchAll(/name="score" id="[^"]+" value="(\d)"/g)].map(([, value]) => value)).toEqual([
      '1',
      '5',
    ]);
    expect(body).not.toContain('<textarea');
    expect(body).not.toContain('?later');
  });

  test.each([
    [2, ['1', '5']],
    [3, ['1', '3', '5']],
    [5, ['1', '2', '3', '4', '5']],
  ] as const)(
    '[C9] [Q1] a scale of %i is stored as %j, each of them, with its scale',
    async (scale, points) => {
      const { house, get, send, path } = await front('en', { scale });
      const { body } = await get(path);
      expect([...body.matchAll(/name="score" id="[^"]+" value="(\d)"/g)].map(([, value]) => value)).toEqual(
        points,
      );
      for (const score of points) {
        expect((await send(path, { score, comment: '' })).status).toBe(303);
        expect(await house.csat('k1')).toMatchObject([{ score: Number(score), scale }]);
      }
    },
  );

  test('[C9] a required comment is asked for on the page and by the workspace; an optional one is not', async () => {
    const strict = await front('en', { comment: 'required' });
    expect((await strict.get(strict.path)).body).toMatch(/<textarea[^>]* required/);
    expect((await strict.send(strict.path, { score: '5', comment: ' ' })).status).toBe(422);
    expect(await strict.house.csat('k1')).toMatchObject([{ score: null }]);
    const easy = await front('en', { comment: 'optional', scoreRequired: false });
    expect((await easy.get(easy.path)).body).not.toMatch(/<textarea[^>]* required/);
    expect((await easy.send(easy.path, { comment: 'Kind' })).status).toBe(303);
    expect(await easy.house.csat('k1')).toMatchObject([{ score: null, comment: 'Kind' }]);
  });

  test('[C9] speaks the survey’s own words, and the product’s where it has none', async () => {
    const { get, path } = await front('pt-BR', {
      texts: { pt: { question: 'E aí?' }, en: { title: 'English title' } },
      sender: '<b>Loja</b>',
    });
    const { body } = await get(path);
    expect(body).toContain('E aí?');
    expect(body).toContain('Como foi o atendimento?');
    expect(body).toContain('&lt;b&gt;Loja&lt;/b&gt;');
    expect(body).not.toContain('<b>Loja');
  });

  test('[C9] a language nobody translated is answered in the survey’s own', async () => {
    const { get, path } = await front('th', { defaultLanguage: 'sv' });
    expect((await get(path)).body).toContain('<html lang="sv"');
  });

  test('[Q4] answered, thanked, changed, thanked again', async () => {
    const { house, get, send, path } = await front();
    const sent = await send(path, { score: '5', comment: '친절했어요\r\n고마워요' });
    expect([sent.status, sent.headers['location']]).toEqual([303, path]);
    expect(await house.csat('k1')).toMatchObject([{ score: 5, comment: '친절했어요\n고마워요' }]);
    const thanked = (await get(path)).body;
    expect(thanked).toContain('감사합니다');
    expect(thanked).toContain('매우 만족');
    const again = (await get(`${path}?change`)).body;
    expect(again).toMatch(/value="5" checked/);
    expect(again).toContain('<textarea');
    expect(again).toContain('친절했어요\n고마워요</textarea>');
    await send(path, { score: '2', comment: '' });
    expect(await house.csat('k1')).toMatchObject([{ score: 2, comment: null, answerCount: 2 }]);
  });

  test.each([
    [{ score: '4' }, '아래 보기 중'],
    [{ score: 'five' }, '아래 보기 중'],
    [{ score: '-1' }, '아래 보기 중'],
    [{ score: '5e0' }, '아래 보기 중'],
    [{}, '먼저 만족도를'],
    [{ score: '5', comment: 'x'.repeat(4_001) }, '너무 깁니다'],
  ])('[Q1] %j is not stored, and the form says why', async (form, said) => {
    const { house, send, path } = await front('ko', { scale: 3 });
    const head = await house.workspace.head();
    const { status, body } = await send(path, form as Record<string, string>);
    expect(status).toBe(422);
    expect(body).toContain(said);
    expect(body).toContain('role="alert"');
    expect(await house.workspace.head()).toBe(head);
  });

  test('[Q4] what was given stands in the form that is shown again, as text', async () => {
    const { send, path } = await front('en');
    const { body } = await send(path, { comment: '</textarea><script>alert(1)</script>' });
    expect(body).toContain('&lt;/textarea&gt;&lt;script&gt;');
    expect(body).not.toContain('<script');
  });

  test('[Q3] put aside with "not now", with nothing stored', async () => {
    const { house, get, path } = await front('sv');
    const head = await house.workspace.head();
    const { status, body } = await get(`${path}?later`);
    expect([status, body.includes('Svara nu')]).toEqual([200, true]);
    expect(await house.workspace.head()).toBe(head);
  });

  test('[Q5] expired: a clear page, nothing stored', async () => {
    const { house, get, send, path } = await front('en');
    house.clock.advance(8 * DAY);
    const head = await house.workspace.head();
    expect((await get(path)).status).toBe(410);
    const { status, body } = await send(path, { score: '5' });
    expect([status, body.includes('This survey has ended')]).toEqual([410, true]);
    expect(await house.workspace.head()).toBe(head);
  });

  test('[Q5] forged, cut short, or nothing at all: a clear page, nothing stored', async () => {
    const { house, get, send, path } = await front('en');
    const head = await house.workspace.head();
    for (const wrong of [path.slice(0, -3), `${path}x`, SURVEY_PATH, `${SURVEY_PATH}${'x'.repeat(3_000)}`]) {
      expect([wrong, (await get(wrong)).status]).toEqual([wrong, 404]);
      const { status, body } = await send(wrong, { score: '5' });
      expect([status, body.includes('This link does not open anything')]).toEqual([404, true]);
    }
    expect(await house.workspace.head()).toBe(head);
  });

  test('[Q5] a caller who tries many is slowed down, and one link is not hammered', async () => {
    const { get, path } = await front('en', {}, { failures: 3, survey: 4 });
    const tried = [];
    for (let at = 0; at < 5; at += 1) tried.push((await get(`${SURVEY_PATH}wrong${at}`)).status);
    expect(tried).toEqual([404, 404, 404, 429, 429]);
    const right = [];
    for (let at = 0; at < 6; at += 1) right.push((await get(path)).status);
    expect(right).toEqual([200, 200, 200, 200, 429, 429]);
  });

  test('[Q5] no script, no cookie, nobody’s frame, nothing kept by a cache', async () => {
    const { get, path } = await front('en');
    const { headers, body } = await get(path);
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src '${PAGES.styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    );
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(body).not.toMatch(/<script|javascript:|\son\w+=|src=/i);
  });

  test('[Q5] the form takes no other body than a form’s', async () => {
    const { house, send, path } = await front('en');
    const head = await house.workspace.head();
    expect((await send(path, { score: '5', comment: 'x'.repeat(200_000) })).status).toBe(404);
    expect(await house.workspace.head()).toBe(head);
  });

  test('[Q5] a desk’s routes stay closed to pages', async () => {
    const { send } = await front('en');
    expect((await send('/sync/pull', {})).status).toBe(403);
  });

  test('[C11] the whole page is one small answer', async () => {
    const { get, path } = await front('ko');
    expect(Buffer.byteLength((await get(path)).body)).toBeLessThan(8 * 1024);
  });
});

describe('a link that opens nothing', () => {
  test('[C9] [Q5] says so in the browser’s language; a survey’s page goes by its customer', async () => {
    const { get, path } = await front('ko');
    const forged = await get(`${path}x`, 'fi, sv-SE;q=0.9, en;q=0.5');
    expect(forged.status).toBe(404);
    expect(forged.body).toContain('<html lang="sv"');
    expect((await get(`${path}x`)).body).toContain('<html lang="en"');
    expect((await get(path, 'sv')).body).toContain('<html lang="ko"');
  });

  test('what a browser asks for is read by its weights, and nonsense is passed over', () => {
    expect(languagesOf('en;q=0.5, ko-KR, sv;q=0.8, *;q=0.1, de;q=0')).toEqual(['ko-KR', 'sv', 'en']);
    expect(languagesOf(undefined)).toEqual([]);
    expect(languagesOf('<script>, ;;;, sv;q=9')).toEqual([]);
    expect(languagesOf('sv,'.repeat(10_000)).length).toBeLessThanOrEqual(20);
  });
});
