import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useText } from '../i18n/text-provider.tsx';
import { cx } from './cx.ts';
import css from './dialog.module.css';
import { IconButton } from './icon-button.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';

/** What may be longer than the window can be scrolled by keyboard. */
const SCROLLABLE = { role: 'group', tabIndex: 0 } as const;
const FOCUSABLE = 'input, textarea, select, button, [tabindex="0"]';

/** A modal dialog. Escape and the corner close it; what is in `actions` stands at its end, the main one last. */
export function Dialog(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly wide?: boolean;
  /** Without head and padding, the title only read out: for the palette. */
  readonly bare?: boolean;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { t } = useText();
  const body = useRef<HTMLDivElement>(null);
  // What the dialog is for, and not the corner that closes it.
  const firstFocus = (): HTMLElement | true =>
    (props.wide === true ? body.current : body.current?.querySelector<HTMLElement>(FOCUSABLE)) ?? true;
  return (
    <Base.Root open={props.open} onOpenChange={(open) => props.onOpenChange(open)}>
      <Base.Portal>
        <Base.Backdrop className={css.backdrop} />
        <Base.Popup
          initialFocus={firstFocus}
          className={cx(css.dialog, props.wide === true && css.wide, props.bare === true && css.palette)}
        >
          {props.bare === true ? (
            <Base.Title render={<VisuallyHidden />}>{props.title}</Base.Title>
          ) : (
            <div className={css.head}>
              <Base.Title className={css.title}>{props.title}</Base.Title>
              <IconButton icon={X} name={t('common:close')} onClick={() => props.onOpenChange(false)} />
            </div>
          )}
          <div
            ref={body}
            className={props.bare === true ? css.bare : css.body}
            {...(props.wide === true ? SCROLLABLE : {})}
          >
            {props.children}
          </div>
          {props.actions !== undefined && <div className={css.actions}>{props.actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
