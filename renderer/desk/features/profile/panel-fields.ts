import { BUILTIN_FIELDS, builtinField, type LockReason } from '../../../../src/domain/fields/builtin.ts';
import { isActiveField, isReadyMade } from '../../../../src/domain/fields/definition.ts';
import { resolveVisibility } from '../../../../src/domain/fields/visibility.ts';
import type { FieldsView } from '../../../../src/protocol/rpc/fields.ts';

/** What is shown beside the built-in keys: what the conversation's own columns say. */
export const OWN_FIELDS = [
  'assignee',
  'followers',
  'aiOutcome',
  'reason',
  'skills',
  'startedAt',
  'cycles',
  'source',
  'rawStatus',
] as const;
export type OwnField = (typeof OWN_FIELDS)[number];

/** Edited by hand, or set by an action of its own: these come first. */
const FIRST: readonly string[] = ['priority', 'tags', 'description', 'assignee', 'followers'];

export type PanelLock = LockReason | 'survey' | 'undefined' | null;

/** One field of the conversation profile as the panel lists it. */
export interface PanelField {
  readonly key: string;
  readonly kind: 'builtin' | 'own' | 'custom';
  readonly locked: PanelLock;
  /** F4. */
  readonly visible: boolean;
}

const NO_FIELDS: Pick<FieldsView, 'fields' | 'undefinedKeys' | 'visibility'> = {
  fields: [],
  undefinedKeys: [],
  visibility: { own: {}, workspace: {} },
};

function isOwn(key: string): key is OwnField {
  return OWN_FIELDS.some((own) => own === key);
}

function lockOf(key: string, isDefined: boolean): PanelLock {
  const builtin = builtinField(key);
  if (builtin !== null) return builtin.locked;
  if (isOwn(key)) return key === 'assignee' || key === 'followers' ? 'action' : 'derived';
  if (isReadyMade(key)) return 'survey';
  return isDefined ? null : 'undefined';
}

/**
 * Every field of the panel in its order: what agents set, the workspace's own fields (C7), what the source brought without a
 * field, then what is locked (C2). Archived fields are left out.
 */
export function panelFields(
  view: Pick<FieldsView, 'fields' | 'undefinedKeys' | 'visibility'> = NO_FIELDS,
): readonly PanelField[] {
  const { own, workspace } = view.visibility;
  const custom = view.fields.filter(isActiveField).map(({ key }) => key);
  const later = BUILTIN_FIELDS.map(({ key }) => key).filter((key) => !FIRST.includes(key));
  const unknown = view.undefinedKeys.filter((key) => builtinField(key) === null);
  const keys = [
    ...FIRST,
    ...custom,
    ...unknown,
    ...later,
    ...OWN_FIELDS.filter((key) => !FIRST.includes(key)),
  ];
  return keys.map((key) => ({
    key,
    kind: builtinField(key) !== null ? 'builtin' : isOwn(key) ? 'own' : 'custom',
    locked: lockOf(key, custom.includes(key)),
    visible: resolveVisibility(key, own, workspace).visible,
  }));
}

/** The panel's visible fields, parted: those always there, and the locked ones without a value, which are folded. */
export function foldEmpty(
  fields: readonly PanelField[],
  isEmpty: (key: string) => boolean,
): { readonly shown: readonly PanelField[]; readonly empty: readonly PanelField[] } {
  const visible = fields.filter((field) => field.visible);
  const folds = ({ key, locked }: PanelField): boolean =>
    locked !== null && locked !== 'action' && isEmpty(key);
  return { shown: visible.filter((field) => !folds(field)), empty: visible.filter(folds) };
}
