import type { Session } from 'electron';
import { contentSecurityPolicy, securityHeaders } from '../api/content-security-policy.ts';
import type { PageFiles } from '../api/page-files.ts';
import { pageScheme } from './page-address.ts';

/** Serves the built page at `alcove://app/`. */
export function servePage(session: Session, pageFiles: PageFiles): void {
  const headers = securityHeaders(contentSecurityPolicy());
  session.protocol.handle(pageScheme, (request) => {
    const { host, pathname } = new URL(request.url);
    const file = host === 'app' ? pageFiles.read(pathname) : null;
    if (!file) return new Response(null, { status: 404, headers });
    return new Response(new Uint8Array(file.body), {
      headers: { ...headers, 'Content-Type': file.contentType },
    });
  });
}
