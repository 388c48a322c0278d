// npm run handoff -- COMMAND …: the command line under Node 24; its stdout and exit code are untouched.
import { becomeHost, ensureInstalled } from './entry/toolbox.mjs';

ensureInstalled({ quiet: true });
becomeHost(process.argv.slice(2));
