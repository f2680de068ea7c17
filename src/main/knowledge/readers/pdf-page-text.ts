import type { PDFPageProxy } from 'pdfjs-dist';

type PageItem = Awaited<ReturnType<PDFPageProxy['getTextContent']>>['items'][number];

const control =
  /[\0-\x08\x0b-\x1f\x7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** A distance between lines, in line heights, that shows a new paragraph. */
const paragraphGap = 1.7;

/** Lines of a page in reading order, a blank line between paragraphs; "" for a page without text. */
export function pageText(items: readonly PageItem[]): string {
  const lines: string[] = [];
  let words = '';
  let previousTop: number | null = null;
  let lineTop: number | null = null;
  let lineHeight = 0;
  const endLine = (): void => {
    const line = words.replace(control, '').trimEnd();
    words = '';
    if (line.trim() === '') return;
    const isApart =
      previousTop !== null && lineTop !== null && previousTop - lineTop > lineHeight * paragraphGap;
    if (isApart && lines.length > 0) lines.push('');
    lines.push(line);
    previousTop = lineTop;
    lineTop = null;
    lineHeight = 0;
  };
  for (const item of items) {
    if (!('str' in item)) continue;
    words += item.str;
    if (item.str.trim() !== '') {
      lineTop ??= Number(item.transform[5]);
      lineHeight = Math.max(lineHeight, item.height);
    }
    if (item.hasEOL) endLine();
  }
  endLine();
  return lines.join('\n');
}
