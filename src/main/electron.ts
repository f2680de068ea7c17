import { app } from 'electron';
import { runApp } from './app/run-app.ts';

// Not awaited: Electron becomes ready only after this module has been evaluated.
void runApp({ args: process.argv.slice(1), isPackaged: app.isPackaged });
