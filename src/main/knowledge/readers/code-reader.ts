import { codeSpans } from '../chunkers/code/code-chunker.ts';
import { codeLanguages } from './code-languages.ts';
import type { CodeLanguage } from './code-languages.ts';
import { decodeText } from './decode-text.ts';
import { baseName } from './file-name.ts';
import type { Reader } from './reader.ts';

const byExtension = new Map(
  codeLanguages.flatMap((language) => language.extensions.map((name) => [name, language])),
);
const byFileName = new Map(
  codeLanguages.flatMap((language) => (language.fileNames ?? []).map((name) => [name, language])),
);

/** Source code and configuration, cut along its symbols where a grammar is at hand. */
export const codeReader: Reader = {
  id: 'code',
  label: 'Source code',
  extensions: [...byExtension.keys()],
  fileNames: [...byFileName.keys()],
  async read({ path, bytes }) {
    const text = await decodeText(bytes);
    const language = languageOf(path);
    const spans = await codeSpans(text, language?.grammar ?? null);
    return { text, language: language?.id ?? 'text', title: null, spans };
  },
};

function languageOf(path: string): CodeLanguage | undefined {
  const { name, extension } = baseName(path);
  return byFileName.get(name) ?? byExtension.get(extension);
}
