import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerProblemCode, GivenAnswer } from '../../domain/csat/answer.ts';
import type { MessengerPages, SurveyPage } from '../../protocol/page/survey-page.ts';
import { SURVEY_PATH } from '../../protocol/surveys.ts';
import { errorText, type WorkspaceLog } from '../log-events.ts';
import type { OpenSurvey } from '../surveys/answer.ts';
import { MAX_LINK_TOKEN } from '../surveys/link.ts';
import type { Workspace } from '../workspace.ts';

export interface SurveyRouteOptions {
  readonly pages: MessengerPages;
  readonly log: WorkspaceLog;
  /** Requests a minute with one link, and with links that open nothing from one address. */
  readonly limits: { readonly survey: number; readonly failures: number };
}

/** A comment of 4,000 characters, each of them percent-encoded. */
const FORM_BODY = 64 * 1024;
const MOST_LANGUAGES = 20;

/** Whether a request is for a customer's page: anyone may come, since its link is what lets them in. */
export function isSurveyPath(url: string): boolean {
  return url.startsWith(SURVEY_PATH);
}

/** No script, nothing from elsewhere, nobody's frame; the form goes where the page came from. */
function policyOf({ styleHash }: MessengerPages): string {
  return [
    "default-src 'none'",
    `style-src '${styleHash}'`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

const STATUS: Readonly<Record<SurveyPage['state'], number>> = {
  form: 200,
  thanks: 200,
  later: 200,
  expired: 410,
  unknown: 404,
  tooMany: 429,
  broken: 500,
};

function statusOf(page: SurveyPage): number {
  return page.state === 'form' && page.problem !== null ? 422 : STATUS[page.state];
}

/** What the form sent: the last value of a name that comes twice. */
function givenOf(body: unknown): GivenAnswer {
  const form = new URLSearchParams(typeof body === 'string' ? body : '');
  const score = form.getAll('score').at(-1) ?? '';
  const comment = form.getAll('comment').at(-1) ?? '';
  // Browsers send a line break as CR LF.
  return {
    score: score === '' ? null : /^\d+$/.test(score) ? Number(score) : Number.NaN,
    comment: comment === '' ? null : comment.replaceAll('\r\n', '\n'),
  };
}

/** What a browser asks for (`ko-KR,ko;q=0.9`), the dearest first; the first few are enough. */
export function languagesOf(header: string | undefined): readonly string[] {
  const wanted = (header ?? '').split(',', MOST_LANGUAGES).flatMap((part) => {
    const [, tag, quality] =
      /^\s*([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*$/.exec(part) ?? [];
    return tag === undefined ? [] : [{ tag, quality: Number(quality ?? 1) }];
  });
  return wanted
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

function tokenOf(request: FastifyRequest): string {
  const { '*': token } = request.params as { readonly '*': string };
  return token.slice(0, MAX_LINK_TOKEN + 1);
}

/** The customer's page and its form (C8, Q5), without cookies and without any script. */
export async function addSurveyRoutes(
  app: FastifyInstance,
  workspace: Workspace,
  { pages, log, limits }: SurveyRouteOptions,
): Promise<void> {
  const policy = policyOf(pages);
  const send = (reply: FastifyReply, page: SurveyPage): FastifyReply =>
    reply
      .code(statusOf(page))
      .header('content-security-policy', policy)
      .header('referrer-policy', 'no-referrer')
      .header('x-robots-tag', 'noindex')
      .type('text/html; charset=utf-8')
      .send(pages.survey(page, languagesOf(reply.request.headers['accept-language'])));
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_BODY },
      (_request, body, done) => done(null, body),
    );
    scope.setErrorHandler((error: unknown, request, reply) => {
      const isTheirs = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
      if (!isTheirs)
        log({ type: 'requestFailed', route: request.routeOptions.url ?? 'survey', error: errorText(error) });
      return send(reply, { state: isTheirs ? 'unknown' : 'broken' });
    });
    const guard = guards(scope, limits);
    scope.route({
      method: 'GET',
      url: `${SURVEY_PATH}*`,
      handler: async (request, reply) => {
        if (!(await guard.mayTry(request))) return send(reply, { state: 'tooMany' });
        return send(reply, await guard.counted(request, await shown(workspace, request)));
      },
    });
    scope.route({
      method: 'POST',
      url: `${SURVEY_PATH}*`,
      bodyLimit: FORM_BODY,
      handler: async (request, reply) => {
        if (!(await guard.mayTry(request))) return send(reply, { state: 'tooMany' });
        const page = await guard.counted(request, await answered(workspace, request));
        // A reload of what follows must not send the answer again.
        if (page.state === 'thanks') return reply.code(303).header('location', page.path).send();
        return send(reply, page);
      },
    });
  });
}

interface Guards {
  mayTry(request: FastifyRequest): Promise<boolean>;
  /** Counts a link that opens nothing against its address; too many of them open nothing at all. */
  counted(request: FastifyRequest, page: SurveyPage): Promise<SurveyPage>;
}

function guards(scope: FastifyInstance, limits: SurveyRouteOptions['limits']): Guards {
  const timeWindow = 60_000;
  const tries = scope.createRateLimit({
    max: limits.survey,
    timeWindow,
    keyGenerator: (request) => `survey ${tokenOf(request)}`,
  });
  const failures = scope.createRateLimit({
    max: limits.failures,
    timeWindow,
    keyGenerator: (request) => `survey failure ${request.ip}`,
  });
  return {
    mayTry: async (request) => {
      const counted = await tries(request);
      return counted.isAllowed || !counted.isExceeded;
    },
    counted: async (request, page) => {
      if (page.state !== 'unknown') return page;
      const counted = await failures(request);
      return counted.isAllowed || !counted.isExceeded ? page : { state: 'tooMany' };
    },
  };
}

function pathOf(request: FastifyRequest): string {
  return `${SURVEY_PATH}${tokenOf(request)}`;
}

async function shown(workspace: Workspace, request: FastifyRequest): Promise<SurveyPage> {
  const opened = await workspace.survey(tokenOf(request));
  if (!opened.ok)
    return opened.error.type === 'expired'
      ? { state: 'expired', ...opened.error.survey }
      : { state: 'unknown' };
  const query = request.query as Readonly<Record<string, unknown>>;
  const path = pathOf(request);
  const survey: OpenSurvey = opened.value;
  if ('later' in query) return { state: 'later', ...survey, path };
  if (survey.csat.answeredAt !== null && !('change' in query)) return { state: 'thanks', ...survey, path };
  return { state: 'form', ...survey, given: null, problem: null, path };
}

async function answered(workspace: Workspace, request: FastifyRequest): Promise<SurveyPage> {
  const given = givenOf(request.body);
  const token = tokenOf(request);
  const done = await workspace.answerSurvey(token, given);
  const path = pathOf(request);
  if (done.ok) return { state: 'thanks', ...done.value, path };
  const problem = done.error;
  if (problem.type === 'unknown') return { state: 'unknown' };
  if (problem.type === 'expired') return shown(workspace, request);
  return mendable(workspace, { token, path, given, problem: problem.type });
}

async function mendable(
  workspace: Workspace,
  form: {
    readonly token: string;
    readonly path: string;
    readonly given: GivenAnswer;
    readonly problem: AnswerProblemCode;
  },
): Promise<SurveyPage> {
  const opened = await workspace.survey(form.token);
  if (!opened.ok) return { state: 'unknown' };
  const { path, given, problem } = form;
  return { state: 'form', ...opened.value, given, problem, path };
}
