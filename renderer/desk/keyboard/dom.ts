import type { Platform } from './chord.ts';
import type { Focus, KeyPress } from './press.ts';

/** Input types that take no text. */
const PLAIN_INPUTS = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);
const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"], [data-overlay]';
const CONTROLS =
  'button, a[href], summary, select, input, [role="button"], [role="tab"], [role="radio"], [role="option"], [role="menuitem"], [role="separator"], [role="slider"], [role="switch"], [role="checkbox"]';

function isTextInput(element: Element): boolean {
  if (element instanceof HTMLInputElement) return !PLAIN_INPUTS.has(element.type);
  return (
    element instanceof HTMLTextAreaElement || (element instanceof HTMLElement && element.isContentEditable)
  );
}

/** Said by a popup that was closed and is not gone yet. */
const CLOSED = '[data-closed]';

/**
 * Where the focus is. A text input inside a dialog counts as the dialog; what is closed and still holds the focus until it is
 * taken away takes no keys.
 */
export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return 'elsewhere';
  if (target.closest(CLOSED) !== null) return 'elsewhere';
  if (target.closest(OVERLAYS) !== null) return 'overlay';
  if (isTextInput(target)) return 'text';
  return target.closest(CONTROLS) === null ? 'elsewhere' : 'control';
}

/** A browser's key event as the core sees it. */
export function keyPressOf(event: KeyboardEvent): KeyPress {
  const inText = event.target instanceof Element && isTextInput(event.target);
  return {
    key: event.key,
    code: event.code,
    // The one place where the old number still tells something: 229 is a key that an input method took.
    keyCode: event.keyCode,
    ctrl: event.ctrlKey,
    alt: event.altKey,
    shift: event.shiftKey,
    meta: event.metaKey,
    altGraph: event.getModifierState('AltGraph'),
    composing: event.isComposing || (inText && event.keyCode === 229),
    repeat: event.repeat,
    focus: focusOf(event.target),
  };
}

/** `agent` is `navigator.platform` or its successor's answer. */
export function platformOf(agent: string): Platform {
  return /mac|iphone|ipad/i.test(agent) ? 'mac' : 'other';
}
