import { expect, test } from 'vitest';
import { pageNetwork } from '../../../../renderer/desk/app/network-watch.tsx';

test('the page’s own system says whether there is a network, and when that changes', () => {
  const page = Object.assign(new EventTarget(), { navigator: { onLine: true } });
  const source = pageNetwork(page as unknown as Window);
  const heard: boolean[] = [];
  const stop = source.onChange(() => heard.push(source.isOnline()));
  for (const [type, onLine] of [
    ['offline', false],
    ['online', true],
  ] as const) {
    page.navigator.onLine = onLine;
    page.dispatchEvent(new Event(type));
  }
  stop();
  page.dispatchEvent(new Event('offline'));
  expect(heard).toEqual([false, true]);
});
