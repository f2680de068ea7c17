import type { Passage } from '@contract/knowledge';

/** Where in its file a passage stands: `page 4`, `line 12`, `lines 12–30`; nothing for a whole file. */
export function placeOf(passage: Pick<Passage, 'page' | 'startLine' | 'endLine'>): string {
  if (passage.page !== null) return `page ${passage.page}`;
  if (passage.endLine < passage.startLine) return '';
  if (passage.startLine === passage.endLine) return `line ${passage.startLine}`;
  return `lines ${passage.startLine}–${passage.endLine}`;
}
