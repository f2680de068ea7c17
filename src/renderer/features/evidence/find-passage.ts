/** How much of a passage's beginning must be on the page; the shorter one serves passages that go on after it. */
const probeLengths = [48, 24];
const endLength = 48;

/**
 * Which of a page's text runs belong to a passage: those between where its beginning and its end are found. Only letters and digits
 * are compared, because extraction and the page differ in spaces, hyphens and ligatures. Empty when it is not found.
 */
export function findPassage(runs: readonly string[], passage: string): ReadonlySet<number> {
  const { text, owners } = joinRuns(runs);
  const wanted = normalise(passage);
  const first = beginning(text, wanted);
  if (first < 0) return new Set();
  const ending = wanted.slice(-endLength);
  const last = text.indexOf(ending, Math.max(first, first + wanted.length - ending.length - endLength));
  const end = last < 0 ? Math.min(text.length, first + wanted.length) : last + ending.length;
  return new Set(owners.slice(first, end));
}

function beginning(text: string, wanted: string): number {
  if (wanted === '') return -1;
  for (const length of probeLengths) {
    const at = text.indexOf(wanted.slice(0, length));
    if (at >= 0) return at;
  }
  return -1;
}

/** All runs as one text of letters and digits, with the run each character came from. */
function joinRuns(runs: readonly string[]): { text: string; owners: number[] } {
  const parts: string[] = [];
  const owners: number[] = [];
  for (const [index, run] of runs.entries()) {
    const part = normalise(run);
    parts.push(part);
    for (let at = 0; at < part.length; at += 1) owners.push(index);
  }
  return { text: parts.join(''), owners };
}

function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
