/**
 * The address of the built page. No such host can exist (RFC 6761), and the session answers every https request
 * itself, so it is a secure origin of our own without a scheme to register.
 */
export const builtPageUrl = 'https://app.alcove.invalid/';

/** The address of the page: the built one, or the development server's while `npm run dev` runs. */
export function pageUrl(isPackaged: boolean, env: NodeJS.ProcessEnv = process.env): string {
  const developmentUrl = env['ELECTRON_RENDERER_URL'];
  return !isPackaged && developmentUrl ? developmentUrl : builtPageUrl;
}

/** Whether `url` belongs to the page that was loaded from `page`. */
export function isOwnPage(url: string, page: string): boolean {
  const origin = originOf(url);
  return origin !== null && origin === originOf(page);
}

/** Whether a link may be handed to the system's browser. */
export function isWebLink(url: string): boolean {
  return /^https?:\/\//i.test(url) && originOf(url) !== null;
}

function originOf(url: string): string | null {
  try {
    return new URL(url).origin;
  } catch {
    return null; // not a URL: nobody's page
  }
}
