import { cutSpan } from '../chunkers/cut.ts';
import { jsonSpans } from '../chunkers/json.ts';
import { plainSpan } from '../chunkers/spans.ts';
import { decodeText } from './decode-text.ts';
import { baseName } from './file-name.ts';
import type { Reader } from './reader.ts';

const oneRecordPerLine = new Set(['jsonl', 'ndjson']);

export const jsonReader: Reader = {
  id: 'json',
  label: 'JSON',
  extensions: ['json', 'jsonc', 'json5', 'jsonl', 'ndjson', 'geojson', 'webmanifest', 'ipynb'],
  async read({ path, bytes }) {
    const text = await decodeText(bytes);
    const isLines = oneRecordPerLine.has(baseName(path).extension);
    const spans = isLines ? cutSpan(text, plainSpan(0, text.length)) : jsonSpans(text);
    return { text, language: 'json', title: null, spans };
  },
};
