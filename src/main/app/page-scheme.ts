import { protocol } from 'electron';
import { pageScheme } from './page-address.ts';

/** Makes the page's scheme a real origin with storage and fetch. Must be called before Electron is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: pageScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}
