import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  builtInEmbedderPath,
  loadBuiltInEmbedder,
} from '../../../../src/main/knowledge/embedder/built-in-embedder.ts';
import { StaticEmbedder } from '../../../../src/main/knowledge/embedder/static-embedder.ts';
import { Tokenizer } from '../../../../src/main/knowledge/embedder/tokenizer.ts';
import { readWeights } from '../../../../src/main/knowledge/embedder/weights.ts';
import { embedderWords } from '../../../../src/main/knowledge/embedder/words.ts';

interface ParityItem {
  text: string;
  rows: string;
  vector: string;
}

const parity = JSON.parse(readFileSync(new URL('./parity.json', import.meta.url), 'utf8')) as {
  key: string;
  items: ParityItem[];
};

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, axis) => sum + value * (b[axis] ?? Number.NaN), 0);
}

function lengthOf(vector: Float32Array): number {
  return Math.sqrt(cosine(vector, vector));
}

function decoded(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
}

describe('parity with the training code', () => {
  const weights = readWeights(builtInEmbedderPath());
  const embedder = new StaticEmbedder(weights);
  const tokenizer = new Tokenizer(weights.vocabulary);

  it('is checked against a fixture of the weights that ship', () => {
    expect(embedder.key).toBe(parity.key);
  });

  it.each(parity.items)('cuts $text into the same rows', ({ text, rows }) => {
    const ours = embedderWords(text).flatMap((word) => tokenizer.rowsOf(word));
    expect(ours.toSorted((a, b) => a - b).join(' ')).toBe(rows);
  });

  it.each(parity.items)('gives $text the same vector', ({ text, vector }) => {
    expect(cosine(embedder.encode(text), decoded(vector))).toBeGreaterThan(0.9999);
  });
});

describe('whatever the text holds', () => {
  const embedder = loadBuiltInEmbedder();
  const everyScript = Array.from({ length: 0x500 }, (_, index) =>
    String.fromCodePoint(index * 0xc0 + 0x41),
  ).join(' ');

  it.each([
    ['nothing', ''],
    ['white space', ' \t\n\u00a0\u2028'],
    ['symbols only', '#$%^&*()_+={}[]|\\:;"<>?,./~`'],
    ['a lone high surrogate', '\ud83d'],
    ['lone surrogates among words', 'open \udc00 the \ud800file'],
    ['a NUL', 'a\0b'],
    ['every block of Unicode', everyScript],
    ['a megabyte without a space', 'x1Y'.repeat(350_000)],
    ['a megabyte of capitals', 'A'.repeat(1_000_000)],
    ['a megabyte of one Han character', '\u6f22'.repeat(350_000)],
    ['a megabyte of astral characters', '\u{20000}'.repeat(300_000)],
    ['combining marks alone', '\u0301\u0302\u0303'],
  ])('encodes %s to a finite vector of unit length', (_, text) => {
    const vector = embedder.encode(text);
    expect(vector).toHaveLength(embedder.dimensions);
    expect(lengthOf(vector)).toBeCloseTo(1, 5);
  });

  it('keeps no trace of the text before', () => {
    const first = embedder.encode('open a file');
    embedder.encode('a completely different sentence about cooking rice '.repeat(50));
    expect(embedder.encode('open a file')).toEqual(first);
  });

  it('matches a script the vocabulary lacks with itself rather than with another text of that script', () => {
    const query = embedder.encode('\u{10330}\u{10331}\u{10332}');
    const same = embedder.encode('\u{10330}\u{10331}\u{10332}\u{10333}');
    const other = embedder.encode('\u{10340}\u{10341}\u{10342}\u{10343}');
    expect(cosine(query, same)).toBeGreaterThan(cosine(query, other) + 0.2);
  });
});

describe('meaning', () => {
  const embedder = loadBuiltInEmbedder();
  const code = [
    'def remove_dir(p):\n    shutil.rmtree(p)',
    'def fetch(url):\n    return urlopen(url).read()',
    'def order(items):\n    return sorted(items)',
  ];

  it.each([
    ['delete a folder', 0],
    ['download a web page', 1],
    ['sort a list', 2],
  ])('finds the code for "%s" although they share no word', (query, expected) => {
    const asked = embedder.encode(query);
    const scores = code.map((text) => cosine(asked, embedder.encode(text)));
    expect(scores.indexOf(Math.max(...scores))).toBe(expected);
  });
});

describe('embedding many texts', () => {
  const embedder = loadBuiltInEmbedder();

  it('gives the vectors in the order of the texts', async () => {
    const texts = Array.from({ length: 300 }, (_, index) => `text number ${index}`);
    const vectors = await embedder.embed(texts);
    expect(vectors).toEqual(texts.map((text) => embedder.encode(text)));
  });

  it('stops with the reason of the signal', async () => {
    const abort = new AbortController();
    const running = embedder.embed(
      Array.from({ length: 10_000 }, () => 'some text'),
      abort.signal,
    );
    abort.abort();
    await expect(running).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});

describe('the weights that ship', () => {
  it('fit in 8 MB with their vocabulary', () => {
    expect(readFileSync(builtInEmbedderPath()).length).toBeLessThanOrEqual(8_000_000);
  });
});
