import { Toast as Base } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useText } from '../i18n/text-provider.tsx';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { IconButton } from './icon-button.tsx';
import { Kbd } from './kbd.tsx';
import css from './toast.module.css';

/** How long a toast with an Undo or a Redo stays; time stands still while it is pointed at or focused. */
export const UNDO_TOAST_MS = 10_000;
const PLAIN_TOAST_MS = 5_000;

export interface ToastMessage {
  readonly title: string;
  readonly description?: string;
  /** Offers Undo with its key. */
  readonly onUndo?: () => void;
  /** Offers to do again what was taken back, with its key. */
  readonly onRedo?: () => void;
  /** Another action than these. */
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly failed?: boolean;
  /** A toast of the same id is replaced. */
  readonly id?: string;
}

export interface Toasts {
  show(message: ToastMessage): string;
  close(id: string): void;
}

const ToastsContext = createContext<Toasts | null>(null);
type Manager = ReturnType<typeof Base.createToastManager<{ message: ToastMessage }>>;

function createToasts(manager: Manager): Toasts {
  return {
    show: (message) =>
      manager.add({
        title: message.title,
        ...(message.description === undefined ? {} : { description: message.description }),
        timeout:
          message.onUndo === undefined && message.onRedo === undefined ? PLAIN_TOAST_MS : UNDO_TOAST_MS,
        priority: message.failed === true ? 'high' : 'low',
        data: { message },
        ...(message.id === undefined ? {} : { id: message.id }),
      }),
    close: (id) => manager.close(id),
  };
}

function ToastStack({ toasts }: { readonly toasts: Toasts }) {
  const { t } = useText();
  const manager = Base.useToastManager<{ message: ToastMessage }>();
  const act = (id: string, run: () => void) => () => {
    run();
    toasts.close(id);
  };
  return manager.toasts.map((toast) => {
    const message = toast.data?.message;
    return (
      <Base.Root
        key={toast.id}
        toast={toast}
        className={cx(css.toast, message?.failed === true && css.failed)}
        data-overlay="toast"
      >
        <div className={css.text}>
          <Base.Title render={<div />} />
          <Base.Description className={css.description} render={<div />} />
        </div>
        {message?.onUndo !== undefined && (
          <Button small look="quiet" onClick={act(toast.id, message.onUndo)}>
            {t('common:undo')}
            <Kbd command="app.undo" />
          </Button>
        )}
        {message?.onRedo !== undefined && (
          <Button small look="quiet" onClick={act(toast.id, message.onRedo)}>
            {t('common:redo')}
            <Kbd command="app.redo" />
          </Button>
        )}
        {message?.action !== undefined && (
          <Button small look="quiet" onClick={act(toast.id, message.action.run)}>
            {message.action.label}
          </Button>
        )}
        <IconButton
          small
          icon={X}
          name={t('common:close')}
          side="top"
          onClick={() => toasts.close(toast.id)}
        />
      </Base.Root>
    );
  });
}

/** The window's toasts: at most three at once, read out politely, failures at once. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [manager] = useState<Manager>(() => Base.createToastManager<{ message: ToastMessage }>());
  const toasts = useMemo(() => createToasts(manager), [manager]);
  return (
    <Base.Provider toastManager={manager} limit={3}>
      <ToastsContext value={toasts}>{children}</ToastsContext>
      <Base.Portal>
        <Base.Viewport className={css.viewport}>
          <ToastStack toasts={toasts} />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

export function useToasts(): Toasts {
  const toasts = useContext(ToastsContext);
  if (toasts === null) throw new Error('invariant broken: no ToastProvider above this component');
  return toasts;
}
