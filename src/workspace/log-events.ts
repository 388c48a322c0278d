/** What the workspace tells its operator: codes and places, never message texts. */
export type WorkspaceEvent =
  /** A mutation threw: a bug. It was refused with `invalidState` so that nothing jams (Y4). */
  | { readonly type: 'mutationThrew'; readonly name: string; readonly mid: number; readonly error: string }
  /** A waiting event could not be applied when its conversation started. */
  | { readonly type: 'pendingDropped'; readonly id: string; readonly code: string }
  | { readonly type: 'requestFailed'; readonly route: string; readonly error: string }
  | { readonly type: 'policyUnreadable' }
  /** What is stored is not what was written: bits have flipped in the file. `place` as `Damage` names it; told once. */
  | { readonly type: 'damaged'; readonly place: string };

/** Takes what happened; handed in by the host. */
export type WorkspaceLog = (event: WorkspaceEvent) => void;

/** The text of a thrown value, for a log. */
export function errorText(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
