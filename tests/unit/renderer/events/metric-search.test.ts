import { describe, expect, test } from 'vitest';
import { findMetrics, metricNames } from '../../../../renderer/desk/features/events/metric-search.ts';
import { FEED_METRICS } from '../../../../src/protocol/rpc/insight.ts';
import { readLocale, SHIPPED } from '../../i18n/support.ts';

const NAMES = metricNames({
  ...Object.fromEntries(SHIPPED.map((tag) => [tag, readLocale(tag)])),
  'en-XA': { events: { 'metric.ordered': '[Customer Agent]' } },
});
const FOUR = ['started', 'resolved', 'escalated', 'recommended'];

describe('the metric list', () => {
  test('[K5] "customer agent" finds the four, in any case, and no other', () => {
    expect(findMetrics('customer agent', NAMES)).toEqual(FOUR);
    expect(findMetrics('  CUSTOMER   agent ', NAMES)).toEqual(FOUR);
    expect(findMetrics('Agent Customer', NAMES)).toEqual(FOUR);
  });

  test.each([
    ['대화 시작', 'started'],
    ['conversa encaminhada', 'escalated'],
    ['konversation löst', 'resolved'],
    ['produktrekommendation', 'recommended'],
    ['상품 추천', 'recommended'],
    ['routed to team', 'escalated'],
    ['Resolved Customer Agent Conversation', 'resolved'],
    ['주문함', 'ordered'],
  ])('[K5] %s is found in its language, whatever the screen’s is', (query, metric) => {
    expect(findMetrics(query, NAMES)).toContain(metric);
  });

  test('[K5] a decomposed Korean query finds what a composed one finds', () => {
    expect(findMetrics('대화 시작'.normalize('NFD'), NAMES)).toEqual(findMetrics('대화 시작', NAMES));
  });

  test('nothing typed shows all, nonsense none', () => {
    expect(findMetrics(' ', NAMES)).toEqual(FEED_METRICS);
    expect(findMetrics('zzz', NAMES)).toEqual([]);
  });

  test('every metric has a name in every language', () => {
    for (const metric of FEED_METRICS) expect(NAMES[metric].length).toBeGreaterThanOrEqual(SHIPPED.length);
  });
});
