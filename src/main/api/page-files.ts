import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { AppError } from '../platform/app-error.ts';

export interface PageFile {
  body: Buffer;
  contentType: string;
  /** Built files carry a hash of their content in their name; the page itself does not. */
  isImmutable: boolean;
}

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/**
 * The built page's files by URL path. The list is made once, so a request can only name a file that is in it: there
 * is no path to escape from.
 */
export class PageFiles {
  readonly #folder: string;
  readonly #paths: ReadonlyMap<string, string>;

  /** @throws AppError when the page was not built. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#paths = listFiles(folder);
    if (!this.#paths.has('/index.html')) {
      throw new AppError('internal', 'Alcove’s page is missing from this installation. Run "npm run build".');
    }
  }

  /** The file of a URL path such as `/assets/index-1a2b.js`; `/` is the page. Null for anything else. */
  read(urlPath: string): PageFile | null {
    const name = urlPath === '/' ? '/index.html' : urlPath;
    const path = this.#paths.get(name);
    if (path === undefined) return null;
    return {
      body: readFileSync(join(this.#folder, path)),
      contentType: contentTypes[extname(path)] ?? 'application/octet-stream',
      isImmutable: name.startsWith('/assets/'),
    };
  }
}

function listFiles(folder: string): Map<string, string> {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)));
    return new Map(paths.map((path) => [`/${path.split(sep).join('/')}`, path]));
  } catch {
    return new Map(); // an absent folder is a page that was not built
  }
}
