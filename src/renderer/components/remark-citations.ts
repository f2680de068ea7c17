interface Node {
  type: string;
  value?: string;
  children?: Node[];
  data?: { hName?: string; hProperties: Record<string, string> };
}

const marker = /\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g;

/** Turns the markers `[1]` and `[1, 2]` of known citations into `citation-mark` elements; text in code stays as it is. */
export function remarkCitations(known: ReadonlySet<number>): () => (tree: Node) => void {
  return () => (tree) => visit(tree, known);
}

function visit(node: Node, known: ReadonlySet<number>): void {
  if (!node.children) return;
  node.children = node.children.flatMap((child) => {
    if (child.type === 'text') return splitText(child.value ?? '', known);
    visit(child, known);
    return [child];
  });
  if (node.type === 'paragraph' && node.children.every((child) => child.type === 'citation')) {
    node.data = { hProperties: { className: 'citation-line' } };
  }
}

function splitText(text: string, known: ReadonlySet<number>): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const match of text.matchAll(marker)) {
    const numbers = (match[1] ?? '').split(',').map((part) => Number(part.trim()));
    if (!numbers.every((number) => known.has(number))) continue;
    if (match.index > end) nodes.push({ type: 'text', value: joined(text.slice(end, match.index), end > 0) });
    nodes.push(...numbers.map(mark));
    end = match.index + match[0].length;
  }
  if (end < text.length) nodes.push({ type: 'text', value: joined(text.slice(end), end > 0) });
  return nodes;
}

/** Text after a mark; punctuation is joined to the mark, so that a line never begins with it. */
function joined(text: string, isAfterMark: boolean): string {
  return isAfterMark && /^[.,;:!?)]/.test(text) ? `\u2060${text}` : text;
}

function mark(n: number): Node {
  return { type: 'citation', children: [], data: { hName: 'citation-mark', hProperties: { n: String(n) } } };
}
