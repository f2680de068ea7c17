import type { Heading } from '../chunkers/prose.ts';
import { UnreadableDocument } from './unreadable-document.ts';

export interface HtmlText {
  text: string;
  headings: Heading[];
  /** Content of `<title>`, else the first `<h1>`. */
  title: string | null;
}

/** Ten times what browsers allow. The parser looks through all open tags at each one, so endless nesting would hang. */
const maxDepth = 5_000;
const writeLength = 65_536;
const unread = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'math',
  'iframe',
  'object',
  'select',
  'button',
]);
const paragraphTags = new Set(
  (
    'p h1 h2 h3 h4 h5 h6 ul ol dl table pre blockquote section article main header footer aside figure form fieldset ' +
    'details hr address nav body'
  ).split(' '),
);
const lineTags = new Set(
  'div li tr br dt dd figcaption caption summary option legend thead tbody tfoot'.split(' '),
);

/** Text of an HTML document as it reads: blocks on lines of their own, white space collapsed, cells apart by tabs. */
export async function htmlToText(html: string, signal?: AbortSignal): Promise<HtmlText> {
  const withoutMenus = await extract(html, true, signal);
  // A page made of menus alone, or whose <nav> never ends.
  return withoutMenus.text === '' ? extract(html, false, signal) : withoutMenus;
}

async function extract(html: string, isNavSkipped: boolean, signal?: AbortSignal): Promise<HtmlText> {
  const { Parser } = await import('htmlparser2');
  const writer = new HtmlWriter(isNavSkipped);
  const parser = new Parser(writer, { decodeEntities: true, lowerCaseTags: true });
  for (let at = 0; at < html.length; at += writeLength) {
    signal?.throwIfAborted();
    parser.write(html.slice(at, at + writeLength));
  }
  parser.end();
  return writer.finish();
}

/** Handler of htmlparser2's events. */
class HtmlWriter {
  readonly #parts: string[] = [];
  readonly #headings: Heading[] = [];
  readonly #isNavSkipped: boolean;
  #length = 0;
  #depth = 0;
  #skipDepth = 0;
  #preDepth = 0;
  /** White space owed before the next text: a number of line ends, else a space or tab. */
  #breaks = 0;
  #gap = '';
  #heading: { level: number; from: number; start: number | null } | null = null;
  #title: string | null = null;
  #isInTitle = false;

  constructor(isNavSkipped: boolean) {
    this.#isNavSkipped = isNavSkipped;
  }

  onopentag(name: string): void {
    if (++this.#depth > maxDepth)
      throw new UnreadableDocument('The tags of this HTML page are nested too deeply.');
    if (this.#isSkipped(name)) this.#skipDepth++;
    else if (name === 'title' && this.#title === null) this.#isInTitle = true;
    if (this.#skipDepth > 0) return;
    this.#block(name);
    if (name === 'pre') this.#preDepth++;
    if (name === 'td' || name === 'th') this.#gap = '\t';
    if (name === 'li') this.#put('- ');
    const level = /^h([1-6])$/.exec(name)?.[1];
    if (level !== undefined) this.#heading = { level: Number(level), from: this.#parts.length, start: null };
  }

  ontext(data: string): void {
    if (this.#isInTitle) this.#title = (this.#title ?? '') + data;
    else if (this.#skipDepth > 0) return;
    else if (this.#preDepth > 0) this.#putLines(data);
    else this.#putWords(data);
  }

  onclosetag(name: string): void {
    this.#depth--;
    if (this.#isSkipped(name)) {
      this.#skipDepth = Math.max(0, this.#skipDepth - 1);
      return;
    }
    if (name === 'title') this.#isInTitle = false;
    if (this.#skipDepth > 0) return;
    if (name === 'pre') this.#preDepth = Math.max(0, this.#preDepth - 1);
    if (/^h[1-6]$/.test(name)) this.#closeHeading();
    this.#block(name);
  }

  finish(): HtmlText {
    const title = this.#title?.replace(/\s+/g, ' ').trim() ?? '';
    const firstHeading = this.#headings.find(({ level }) => level === 1)?.title ?? null;
    return {
      text: this.#parts.join(''),
      headings: this.#headings,
      title: title === '' ? firstHeading : title,
    };
  }

  #isSkipped(name: string): boolean {
    return unread.has(name) || (name === 'nav' && this.#isNavSkipped);
  }

  #block(name: string): void {
    if (paragraphTags.has(name)) this.#breaks = 2;
    else if (lineTags.has(name)) this.#breaks = Math.max(this.#breaks, 1);
  }

  #putWords(data: string): void {
    const words = data.replace(/[\s\u00a0]+/g, ' ');
    if (words.startsWith(' ') && this.#gap === '') this.#gap = ' ';
    const trimmed = words.trim();
    if (trimmed === '') return;
    this.#put(trimmed);
    if (words.endsWith(' ')) this.#gap = ' ';
  }

  #putLines(data: string): void {
    const lines = data.replaceAll('\r', '');
    if (lines.trim() === '') {
      this.#breaks = Math.max(this.#breaks, Math.min(2, lines.split('\n').length - 1));
      return;
    }
    this.#put(lines.replace(/\n+$/, ''));
    if (lines.endsWith('\n')) this.#breaks = Math.max(this.#breaks, 1);
  }

  #put(words: string): void {
    if (this.#length > 0) this.#append(this.#breaks > 0 ? '\n'.repeat(this.#breaks) : this.#gap);
    this.#breaks = 0;
    this.#gap = '';
    if (this.#heading !== null) {
      this.#heading.start ??= this.#length;
      if (this.#heading.start === this.#length) this.#heading.from = this.#parts.length;
    }
    this.#append(words);
  }

  #append(words: string): void {
    this.#parts.push(words);
    this.#length += words.length;
  }

  #closeHeading(): void {
    const heading = this.#heading;
    this.#heading = null;
    if (heading === null || heading.start === null) return;
    const title = this.#parts.slice(heading.from).join('').replace(/\s+/g, ' ').trim();
    this.#headings.push({ start: heading.start, level: heading.level, title });
  }
}
