import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ingest } from '../../../../src/main/knowledge/ingest.ts';
import { makeDocx } from '../../../fixtures/documents/make-docx.ts';
import { ingestText } from '../ingest-text.ts';

const words = 'plain words of a paragraph '.repeat(12).trim();

describe('DOCX', () => {
  it('follows the heading styles', async () => {
    const docx = makeDocx([
      { style: 'Title', text: 'Guide' },
      { text: words },
      { style: 'heading 2', text: 'Install' },
      { text: words },
    ]);
    const { chunks, title, text } = await ingestText('a.docx', docx);
    expect(title).toBe('Guide');
    expect(chunks.map(({ heading }) => heading)).toEqual(['Guide', 'Guide > Install']);
    expect(text).toBe(`Guide\n\n${words}\n\nInstall\n\n${words}`);
  });

  it('says so when a document holds no text', async () => {
    await expect(ingest({ path: 'a.docx', bytes: makeDocx([]) })).rejects.toThrow(
      /^No text in this Word document/,
    );
  });

  it.each([
    ['a file that is no package', Buffer.from('hello')],
    ['a package of something else', zipSync({ 'a.txt': Buffer.from('hello') })],
    ['a package whose document is broken', zipSync({ 'word/document.xml': Buffer.from('<w:document><') })],
  ])('refuses %s', async (_name, bytes) => {
    await expect(ingest({ path: 'a.docx', bytes })).rejects.toMatchObject({ code: 'document_unreadable' });
  });

  it('names the likely cause for an old or encrypted document', async () => {
    const bytes = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]);
    await expect(ingest({ path: 'a.docx', bytes })).rejects.toThrow(
      /protected by a password or in the old \.doc format/,
    );
  });

  it('refuses a part that unpacks a thousandfold before it is unpacked whole', async () => {
    const bytes = makeDocx([{ text: 'bait' }], { 'word/bomb.xml': new Uint8Array(20_000_000) });
    expect(bytes.length).toBeLessThan(200_000);
    await expect(ingest({ path: 'a.docx', bytes })).rejects.toThrow(/zip bomb/);
  });

  it('refuses a package of very many parts', { timeout: 30_000 }, async () => {
    const parts = Object.fromEntries(
      Array.from({ length: 10_001 }, (_, at) => [`word/media/${at}.png`, new Uint8Array()]),
    );
    await expect(ingest({ path: 'a.docx', bytes: makeDocx([{ text: 'bait' }], parts) })).rejects.toThrow(
      /zip bomb/,
    );
  });

  it('does not unpack pictures', async () => {
    const bytes = makeDocx([{ text: 'Words' }], { 'word/media/image1.png': new Uint8Array(20_000_000) });
    expect((await ingestText('a.docx', bytes)).text).toBe('Words');
  });
});
