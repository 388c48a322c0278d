import { lazy, Suspense } from 'react';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';

// Loaded when it is first opened: the inbox does not wait for it.
const ExportDialog = lazy(async () => ({
  default: (await import('./export-dialog.tsx')).ExportDialog,
}));

/** The export dialog, when it is asked for, and the command that asks for it. */
export function ExportOverlay() {
  const { show } = useScreenActions();
  const open = useScreen((screen) => screen.overlay === 'export');
  useCommands({ 'app.export': { run: () => show('export') } });
  return <Suspense fallback={null}>{open && <ExportDialog />}</Suspense>;
}
