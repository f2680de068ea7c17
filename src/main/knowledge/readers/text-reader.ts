import { proseSpans } from '../chunkers/prose.ts';
import { decodeText } from './decode-text.ts';
import type { Reader } from './reader.ts';

/** Anything that is text and has no reader of its own, cut at blank lines. */
export const textReader: Reader = {
  id: 'text',
  label: 'Plain text',
  extensions: [
    ...[
      'txt',
      'text',
      'log',
      'rst',
      'adoc',
      'asciidoc',
      'org',
      'tex',
      'bib',
      'srt',
      'vtt',
      'eml',
      'ics',
      'vcf',
      'po',
    ],
    ...['diff', 'patch', 'lst', 'nfo', 'me', '1st', 'asc', 'textile', 'wiki', 'mediawiki', 'pod', 'man'],
  ],
  async read({ bytes }) {
    const text = await decodeText(bytes);
    return { text, language: 'text', title: null, spans: proseSpans(text) };
  },
};
