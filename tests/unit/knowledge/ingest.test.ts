import { describe, expect, it } from 'vitest';
import { ingest, readerFor, UnreadableDocument } from '../../../src/main/knowledge/ingest.ts';
import { builtInReaders } from '../../../src/main/knowledge/readers/registry.ts';
import { makeDocx } from '../../fixtures/documents/make-docx.ts';
import { makePdf } from '../../fixtures/documents/make-pdf.ts';
import { expectSound, ingestText } from './ingest-text.ts';

const paths = builtInReaders.map((reader) => `folder.d/file.${reader.extensions[0] ?? ''}`);

describe('readerFor', () => {
  it.each([
    ['src/App.TSX', 'code'],
    ['C:\\work\\notes.MD', 'markdown'],
    ['deep/Makefile', 'code'],
    ['Dockerfile', 'code'],
    ['LICENSE', 'text'],
    ['README', 'text'],
    ['.gitignore', 'code'],
    ['report.final.pdf', 'pdf'],
    ['table.tsv', 'csv'],
  ])('reads %s as %s', (path, id) => {
    expect(readerFor(path)?.id).toBe(id);
  });

  it.each(['photo.jpg', 'movie.mp4', 'app.exe', '.DS_Store', 'archive.tar.gz'])(
    'does not support %s',
    (path) => {
      expect(readerFor(path)).toBeNull();
    },
  );

  it('gives every extension and file name to one reader only', () => {
    const extensions = builtInReaders.flatMap((reader) => reader.extensions);
    const fileNames = builtInReaders.flatMap((reader) => reader.fileNames ?? []);
    for (const names of [extensions, fileNames]) {
      expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
      expect(names.filter((name) => name !== name.toLowerCase())).toEqual([]);
    }
  });
});

describe('ingest', () => {
  it.each(paths)('takes an empty %s as a document without chunks', async (path) => {
    const document = await ingest({ path, bytes: new Uint8Array() });
    expect(document).toMatchObject({ text: '', chunks: [] });
  });

  it.each(['notes.txt', 'a.py', 'a.md', 'a.json', 'a.csv', 'a.html'])(
    'takes a blank %s as one',
    async (path) => {
      expect((await ingest({ path, bytes: Buffer.from(' \n\t\r\n') })).chunks).toEqual([]);
    },
  );

  it('fails a file that is not empty but gives no text, with words for the user', async () => {
    const bytes = Buffer.from('<html><script>let a = 1;</script></html>');
    await expect(ingest({ path: 'page.html', bytes })).rejects.toThrow('There is no text in this file.');
  });

  it('refuses an unsupported type', async () => {
    await expect(ingest({ path: 'a.jpg', bytes: Buffer.from('x') })).rejects.toBeInstanceOf(
      UnreadableDocument,
    );
  });

  it.each(paths)('stops with an AbortError before it reads %s when the signal is aborted', async (path) => {
    const reading = ingest({ path, bytes: Buffer.from('text'), signal: AbortSignal.abort() });
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each(paths)('either reads random bytes as %s or calls them unreadable', async (path) => {
    for (let seed = 1; seed <= 20; seed++) await readOrRefuse(path, noise(seed, 3_000));
  });

  it.each([
    ['pdf', makePdf([['first page of many words'], ['second page']])],
    ['docx', makeDocx([{ style: 'heading 1', text: 'Guide' }, { text: 'Words in a document' }])],
  ])('either reads a truncated or damaged %s or calls it unreadable', async (extension, whole) => {
    for (let cut = 1; cut < whole.length; cut += Math.ceil(whole.length / 25)) {
      await readOrRefuse(`a.${extension}`, whole.slice(0, cut));
      const damaged = Uint8Array.from(whole);
      damaged.fill(0x20, cut, cut + 12);
      await readOrRefuse(`a.${extension}`, damaged);
    }
  });
});

describe.each(paths.filter((path) => !/pdf|docx/.test(path)))('any text in %s', (path) => {
  it.each([
    ['10,000 nested brackets', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['brackets that never close', '{"a":['.repeat(10_000)],
    ['tags that never close', '<div><b>word '.repeat(2_000)],
    ['quotes that never close', 'a,"b\nc\n'.repeat(3_000)],
    ['one line of a megabyte', 'word '.repeat(200_000)],
    ['one word of a megabyte', 'x'.repeat(1_000_000)],
    ['emoji without a space', '\u{1f600}'.repeat(5_000)],
    ['many blank lines', `start${'\n'.repeat(10_000)}end`],
    ['headings only', '# a\n## b\n'.repeat(2_000)],
    ['open fences', '```\ncode\n\n'.repeat(2_000)],
    ['Windows line ends', 'one\r\n\r\ntwo\r\n'.repeat(500)],
    ['old Mac line ends', 'one\rtwo\r\rthree\r'.repeat(500)],
    ['zero-width marks', 'wo\u200brd \ufeff\u2060\u00ad end'],
    [
      'control characters',
      'a\u0001b\u001bc \u007f d'.repeat(3) + 'plenty of plain words to stay text '.repeat(4),
    ],
  ])('%s becomes sound chunks', async (_name, text) => {
    const document = await ingestText(path, text);
    expect(document.chunks.length).toBeGreaterThan(0);
  });
});

async function readOrRefuse(path: string, bytes: Uint8Array): Promise<void> {
  try {
    expectSound(await ingest({ path, bytes }));
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableDocument);
    expect((error as Error).message).toMatch(/^[A-Z].*[.)]$/);
  }
}

/** Bytes from a small generator, so that a failure can be repeated. */
function noise(seed: number, length: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed % 2 === 0 ? (state >> 16) & 0xff : 32 + ((state >> 16) % 96);
  });
}
