import { outlineMarkdown } from '../chunkers/markdown-headings.ts';
import { proseSpans } from '../chunkers/prose.ts';
import { decodeText } from './decode-text.ts';
import type { Reader } from './reader.ts';

export const markdownReader: Reader = {
  id: 'markdown',
  label: 'Markdown',
  extensions: ['md', 'markdown', 'mdown', 'mkd', 'mdx', 'qmd'],
  async read({ bytes }) {
    const text = await decodeText(bytes);
    const { headings, title } = outlineMarkdown(text);
    return { text, language: 'markdown', title, spans: proseSpans(text, headings) };
  },
};
