import { app } from 'electron';
import { registerPageScheme } from './app/page-scheme.ts';

// Nothing else may load before this: once Electron is ready, schemes can no longer be registered.
registerPageScheme();
// Not awaited at the top level: Electron becomes ready only after this module has been evaluated.
void import('./app/run-app.ts').then(({ runApp }) =>
  runApp({ args: process.argv.slice(1), isPackaged: app.isPackaged }),
);
