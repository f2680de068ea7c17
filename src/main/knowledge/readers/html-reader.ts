import { proseSpans } from '../chunkers/prose.ts';
import { decodeText } from './decode-text.ts';
import { htmlToText } from './html-text.ts';
import type { Reader } from './reader.ts';

const declaredCharset = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})/i;

export const htmlReader: Reader = {
  id: 'html',
  label: 'HTML',
  extensions: ['html', 'htm', 'xhtml', 'shtml'],
  async read({ bytes, signal }) {
    const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2_048));
    const html = await decodeText(bytes, declaredCharset.exec(head)?.[1] ?? null);
    const { text, headings, title } = await htmlToText(html, signal);
    return { text, language: 'html', title, spans: proseSpans(text, headings) };
  },
};
