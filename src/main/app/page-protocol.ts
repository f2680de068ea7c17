import type { Session } from 'electron';
import { contentSecurityPolicy, securityHeaders } from '../api/content-security-policy.ts';
import type { PageFiles } from '../api/page-files.ts';
import { builtPageUrl, isOwnPage } from './page-address.ts';

/** Serves the built page. Every https request of the session ends here, so none can reach a network. */
export function servePage(session: Session, pageFiles: PageFiles): void {
  const headers = securityHeaders(contentSecurityPolicy());
  session.protocol.handle('https', (request) => {
    const file = isOwnPage(request.url, builtPageUrl) ? pageFiles.read(new URL(request.url).pathname) : null;
    if (!file) return new Response(null, { status: 404, headers });
    return new Response(new Uint8Array(file.body), {
      headers: { ...headers, 'Content-Type': file.contentType },
    });
  });
}
