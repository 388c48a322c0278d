import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useText } from '../i18n/text-provider.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/states.tsx';
import { faultCode } from './fault-code.ts';

function Fallen(props: { readonly code: string; readonly onRetry: () => void }) {
  const { t } = useText();
  return (
    <ErrorState
      what={t('errors:screen.title')}
      which={t('errors:screen.body')}
      code={props.code}
      action={<Button onClick={props.onRetry}>{t('common:retry')}</Button>}
    />
  );
}

interface Props {
  /** Which part of the screen it keeps apart from the rest. */
  readonly place: string;
  /** A change of it (another conversation) tries again by itself. */
  readonly resetKey?: string | null;
  readonly children: ReactNode;
}

interface State {
  readonly code: string | null;
  readonly resetKey: string | null;
}

/** Keeps the fault of one region from taking the others with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { code: null, resetKey: null };

  static getDerivedStateFromProps({ resetKey = null }: Props, state: State): State | null {
    return resetKey === state.resetKey ? null : { code: null, resetKey };
  }

  static getDerivedStateFromError(error: unknown): Pick<State, 'code'> {
    return { code: faultCode('', error) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(faultCode(this.props.place, error), error, info.componentStack);
  }

  override render(): ReactNode {
    const { code } = this.state;
    if (code === null) return this.props.children;
    return <Fallen code={`${this.props.place}${code}`} onRetry={() => this.setState({ code: null })} />;
  }
}
