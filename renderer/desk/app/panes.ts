import { PANES, type PaneName } from './screen-store.ts';

function paneElement(root: ParentNode, name: PaneName): HTMLElement | null {
  return root.querySelector<HTMLElement>(`[data-pane="${name}"]:not([hidden])`);
}

/** Gives the focus to a region: to what it marks with `data-pane-focus`, else to itself. */
export function focusPane(root: ParentNode, name: PaneName): boolean {
  const pane = paneElement(root, name);
  if (pane === null) return false;
  (pane.querySelector<HTMLElement>('[data-pane-focus]') ?? pane).focus();
  return true;
}

/** The region that has the focus. */
export function currentPane(active: Element | null): PaneName | null {
  const name = active?.closest<HTMLElement>('[data-pane]')?.dataset['pane'];
  return PANES.find((pane) => pane === name) ?? null;
}

/** F6 and Shift+F6: the next region that is there, round and round. */
export function cyclePane(root: ParentNode, active: Element | null, step: 1 | -1): void {
  const there = PANES.filter((name) => paneElement(root, name) !== null);
  const current = currentPane(active);
  const at = current === null ? (step === 1 ? -1 : 0) : there.indexOf(current);
  const next = there[(at + step + there.length) % there.length];
  if (next !== undefined) focusPane(root, next);
}
