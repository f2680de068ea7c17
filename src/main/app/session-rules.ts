import { app, type Session, shell, type WebContents } from 'electron';
import { isOwnPage, isWebLink } from './page-address.ts';

/** Cuts the page's session off from the network and from every permission. */
export function restrictSession(session: Session, page: string): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => callback(mayUse(permission)));
  session.setPermissionCheckHandler((_contents, permission) => mayUse(permission));
  session.setDevicePermissionHandler(() => false);
  // The dictionary would be downloaded; the system's spelling checker on macOS needs none.
  session.setSpellCheckerEnabled(process.platform === 'darwin');
  session.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: !mayLoad(url, page) }));
  session.on('will-download', (event) => event.preventDefault());
}

/** Copying an answer is the only thing the page needs. */
function mayUse(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}

function mayLoad(url: string, page: string): boolean {
  return isOwnPage(url, page) || /^(data|blob|devtools):/.test(url) || isDevelopmentSocket(url, page);
}

function isDevelopmentSocket(url: string, page: string): boolean {
  return url.startsWith('ws://') && isOwnPage(url.replace(/^ws/, 'http'), page);
}

/** No navigation, no windows, no webviews; web links open in the system's browser, after a click. */
function restrictContents(contents: WebContents, page: string): void {
  contents.on('will-navigate', (event) => {
    if (isOwnPage(event.url, page)) return;
    event.preventDefault();
    openExternally(event.url);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openExternally(url);
    return { action: 'deny' };
  });
}

/** Chromium asks for navigation and windows only after a user gesture, or denies a script's pop-up itself. */
function openExternally(url: string): void {
  if (isWebLink(url)) void shell.openExternal(url);
}

/** The same rules for anything that is ever created, should some code path make another page. */
export function restrictAllContents(page: string): void {
  app.on('web-contents-created', (_event, contents) => restrictContents(contents, page));
}
