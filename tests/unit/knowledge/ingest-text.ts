import { expect } from 'vitest';
import { ingest } from '../../../src/main/knowledge/ingest.ts';
import type { IngestedDocument } from '../../../src/main/knowledge/ingest.ts';

/** Ingests a text as a file of that name and checks what holds for every document. */
export async function ingestText(path: string, text: string | Uint8Array): Promise<IngestedDocument> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const document = await ingest({ path, bytes });
  expectSound(document);
  return document;
}

/** Chunks are in order, quote the document exactly at their lines, stay in size and leave no visible line out. */
export function expectSound(document: IngestedDocument): void {
  const lines = document.text.split('\n');
  const covered = new Set<number>();
  const faults: string[] = [];
  let previousStart = 1;
  for (const chunk of document.chunks) {
    const at = `${chunk.startLine}-${chunk.endLine}`;
    if (chunk.startLine < previousStart || chunk.endLine < chunk.startLine)
      faults.push(`${at}: out of order`);
    if (chunk.text.length > 3_000) faults.push(`${at}: ${chunk.text.length} characters`);
    if (chunk.text.trim() === '') faults.push(`${at}: blank`);
    const quoted = lines.slice(chunk.startLine - 1, chunk.endLine).join('\n');
    if (!quoted.includes(chunk.text)) faults.push(`${at}: lines do not hold the text`);
    const first = chunk.text.split('\n', 1)[0] ?? '';
    if (!lines[chunk.startLine - 1]?.includes(first)) faults.push(`${at}: first line is elsewhere`);
    for (let line = chunk.startLine; line <= chunk.endLine; line++) covered.add(line);
    previousStart = chunk.startLine;
  }
  lines.forEach((line, at) => {
    if (line.trim() !== '' && !covered.has(at + 1)) faults.push(`line ${at + 1} is in no chunk`);
  });
  const visible = (text: string): number => text.replace(/\s+/g, '').length;
  const total = document.chunks.reduce((sum, chunk) => sum + visible(chunk.text), 0);
  if (total !== visible(document.text))
    faults.push(`chunks hold ${total} of ${visible(document.text)} characters`);
  expect(faults.slice(0, 5)).toEqual([]);
}
