import { endOfRow, rowSpans } from '../chunkers/rows.ts';
import { decodeText } from './decode-text.ts';
import { baseName } from './file-name.ts';
import type { Reader } from './reader.ts';

const maxHeaderLength = 10_000;
const maxColumnsLength = 300;
const numeric = /^[-+]?[\d.,]+%?$/;

/** Tables as text; every chunk knows the names of the columns. */
export const csvReader: Reader = {
  id: 'csv',
  label: 'CSV table',
  extensions: ['csv', 'tsv', 'tab', 'psv'],
  async read({ path, bytes }) {
    const text = await decodeText(bytes);
    const delimiter = baseName(path).extension === 'csv' ? guessDelimiter(text) : delimiterOf(path);
    const columns = await columnNames(text, delimiter);
    return { text, language: 'csv', title: null, spans: rowSpans(text, delimiter, columns) };
  },
};

function delimiterOf(path: string): string {
  return baseName(path).extension === 'psv' ? '|' : '\t';
}

/** The candidate that divides the first row most often. */
function guessDelimiter(text: string): string {
  const firstLine = text.slice(0, maxHeaderLength).split('\n', 1)[0] ?? '';
  const unquoted = firstLine.replace(/"[^"]*"/g, '');
  const candidates = [',', ';', '\t', '|'].map((mark) => ({ mark, count: unquoted.split(mark).length }));
  return candidates.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

/** "name, city, amount" when the first row is a header: its cells are distinct words, none empty or a number. */
async function columnNames(text: string, delimiter: string): Promise<string | null> {
  const end = endOfRow(text, 0, delimiter.charCodeAt(0));
  if (end > maxHeaderLength) return null;
  const { parse } = await import('csv-parse/sync');
  const options = { delimiter, relax_quotes: true, relax_column_count: true, trim: true, to: 1 };
  let cells: string[];
  try {
    cells = parse(text.slice(0, end), options)[0] ?? [];
  } catch {
    // The rows are searchable without their names.
    return null;
  }
  const isHeader = cells.length > 1 && cells.every((cell) => cell !== '' && !numeric.test(cell));
  if (!isHeader || new Set(cells).size < cells.length) return null;
  const names = cells.join(', ').replace(/\s+/g, ' ');
  return names.length > maxColumnsLength ? `${names.slice(0, maxColumnsLength)}…` : names;
}
