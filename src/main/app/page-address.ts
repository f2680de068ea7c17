/** The page's own scheme. A standard, secure origin that no web page can have, with headers that we set. */
export const pageScheme = 'alcove';
export const pageOrigin = `${pageScheme}://app`;

/** The address of the page: the built one, or the development server's while `npm run dev` runs. */
export function pageUrl(isPackaged: boolean, env: NodeJS.ProcessEnv = process.env): string {
  const developmentUrl = env['ELECTRON_RENDERER_URL'];
  return !isPackaged && developmentUrl ? developmentUrl : `${pageOrigin}/`;
}

/** Whether `url` belongs to the page that was loaded from `page`. */
export function isOwnPage(url: string, page: string): boolean {
  // URL.origin is "null" for schemes it does not know.
  return originOf(url) === originOf(page);
}

function originOf(url: string): string | null {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    return null; // not a URL: nobody's page
  }
}

/** Whether a link may be handed to the system's browser. */
export function isWebLink(url: string): boolean {
  return /^https?:\/\//i.test(url) && originOf(url) !== null;
}
