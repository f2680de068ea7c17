/** A piece of Markdown text: prose, or code in which `[1]` is an index and not a citation. */
export interface MarkdownPart {
  isCode: boolean;
  text: string;
}

const fence = /^ {0,3}(?:>\s?)*(`{3,}|~{3,})/;
const inlineCode = /(`+)(?!`)[^`]+(?:(?!\1)`+[^`]+)*\1(?!`)/g;

/** Cuts Markdown into prose and code. The parts joined give the text back, character for character. */
export function markdownParts(text: string): MarkdownPart[] {
  const parts: MarkdownPart[] = [];
  let openFence: string | null = null;
  for (const line of text.split(/(?<=\n)/)) {
    const marker = fence.exec(line)?.[1];
    const isCode: boolean = openFence !== null || marker !== undefined;
    if (isCode) add(parts, { isCode, text: line });
    else for (const part of inlineParts(line)) add(parts, part);
    if (openFence === null) openFence = marker ?? null;
    else if (marker?.startsWith(openFence) && closes(line)) openFence = null;
  }
  return parts;
}

/** A closing fence has nothing after it. */
function closes(line: string): boolean {
  return /^[\s>]*(?:`+|~+)\s*$/.test(line);
}

function inlineParts(line: string): MarkdownPart[] {
  const parts: MarkdownPart[] = [];
  let at = 0;
  for (const match of line.matchAll(inlineCode)) {
    parts.push({ isCode: false, text: line.slice(at, match.index) }, { isCode: true, text: match[0] });
    at = match.index + match[0].length;
  }
  parts.push({ isCode: false, text: line.slice(at) });
  return parts;
}

function add(parts: MarkdownPart[], part: MarkdownPart): void {
  const last = parts.at(-1);
  if (last?.isCode === part.isCode) last.text += part.text;
  else if (part.text !== '') parts.push({ ...part });
}
