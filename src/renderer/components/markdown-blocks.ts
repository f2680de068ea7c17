const fencePattern = /^ {0,3}(`{3,}|~{3,})/;
const startsInsideList = /^(?:\s|[-*+]\s|\d+[.)]\s|>|\|)/;
const definition = /^\[[^\]]+\]:\s/m;

/**
 * Cuts markdown where a block certainly ends, so that a growing answer only has its last block parsed again. Text with
 * link definitions stays whole, because they may be used anywhere.
 */
export function splitMarkdown(text: string): string[] {
  if (definition.test(text)) return [text];
  const blocks: string[] = [];
  let block: string[] = [];
  let fence: string | null = null;
  let afterBlank = false;
  for (const line of text.split('\n')) {
    if (fence === null && afterBlank && line !== '' && !startsInsideList.test(line)) {
      blocks.push(block.join('\n'));
      block = [];
    }
    fence = fenceAfter(line, fence);
    block.push(line);
    afterBlank = line.trim() === '';
  }
  blocks.push(block.join('\n'));
  return blocks.filter((part) => part.trim() !== '');
}

/** The fence that is open after a line: the one before it, none, or a new one. */
function fenceAfter(line: string, fence: string | null): string | null {
  const mark = fencePattern.exec(line)?.[1];
  if (mark === undefined) return fence;
  if (fence === null) return mark;
  const closes = mark.startsWith(fence.charAt(0)) && mark.length >= fence.length && line.trim() === mark;
  return closes ? null : fence;
}
