import { proseSpans } from '../chunkers/prose.ts';
import { htmlToText } from './html-text.ts';
import type { Reader, ReadInput, Reading } from './reader.ts';
import { UnreadableDocument } from './unreadable-document.ts';

const oldOfficeMagic = [0xd0, 0xcf, 0x11, 0xe0];

/** Word documents, by their heading styles. */
export const docxReader: Reader = {
  id: 'docx',
  label: 'Word document',
  extensions: ['docx', 'docm', 'dotx'],
  async read({ bytes, signal }: ReadInput): Promise<Reading> {
    if (oldOfficeMagic.every((byte, at) => bytes[at] === byte)) throw lockedOrOld();
    const { text, headings, title } = await htmlToText(await docxToHtml(bytes), signal);
    if (text === '')
      throw new UnreadableDocument('No text in this Word document: it holds only pictures, or nothing.');
    return { text, language: 'docx', title, spans: proseSpans(text, headings) };
  },
};

async function docxToHtml(bytes: Uint8Array): Promise<string> {
  const [{ repackDocx }, { default: mammoth }] = await Promise.all([
    import('./docx-package.ts'),
    import('mammoth'),
  ]);
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: repackDocx(bytes) },
      {
        styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      },
    );
    return value;
  } catch (error) {
    if (error instanceof UnreadableDocument) throw error;
    throw new UnreadableDocument('This Word document is damaged and cannot be opened.', { cause: error });
  }
}

function lockedOrOld(): UnreadableDocument {
  return new UnreadableDocument(
    'This document is protected by a password or in the old .doc format. Save it as an open .docx to have it read.',
  );
}
