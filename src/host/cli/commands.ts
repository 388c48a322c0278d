import type { Command } from './command.ts';
import { agentsAddCommand, sourcesAddCommand } from './commands/agents.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exportCsatCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { activityCommand, overviewCommand, segmentCommand } from './commands/insight.ts';
import { listCommand } from './commands/list.ts';
import { sampleResetCommand } from './commands/sample.ts';
import { serveCommand } from './commands/serve.ts';
import { settingsExportCommand, settingsImportCommand } from './commands/settings.ts';
import { showCommand } from './commands/show.ts';
import { startCommand } from './commands/start.ts';

/** Every command of the command line. */
export const COMMANDS: readonly Command[] = [
  startCommand,
  serveCommand,
  importCommand,
  listCommand,
  showCommand,
  overviewCommand,
  segmentCommand,
  activityCommand,
  exportCsatCommand,
  settingsImportCommand,
  settingsExportCommand,
  agentsAddCommand,
  sourcesAddCommand,
  sampleResetCommand,
  doctorCommand,
];
