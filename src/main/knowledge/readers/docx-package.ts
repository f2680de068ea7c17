import { Buffer } from 'node:buffer';
import { Unzip, UnzipInflate, UnzipPassThrough, zipSync } from 'fflate';
import type { UnzipFile } from 'fflate';
import { UnreadableDocument } from './unreadable-document.ts';

/** Far beyond any written document: a thousand pages are about 10 MB of XML. */
const maxInflatedBytes = 48 * 1_048_576;
const maxEntries = 10_000;
/** Word's XML packs about 10 to 30 times; a bomb packs a thousand times. */
const maxRatio = 200;
const ratioGraceBytes = 4 * 1_048_576;
/** Small enough that one step of a bomb stays in bounds before it is counted. */
const pushBytes = 16_384;

/**
 * The XML parts of a DOCX in a fresh, uncompressed package, safe to hand to a library that trusts what it unpacks.
 * Counts what is really unpacked, since the sizes written in a zip file can lie, and drops everything else.
 * @throws {UnreadableDocument} for a package that unpacks beyond reason or is no DOCX.
 */
export function repackDocx(bytes: Uint8Array): Buffer {
  const parts = inflateParts(bytes);
  if (!Object.keys(parts).some((name) => /^word\/document\d*\.xml$/.test(name))) {
    throw new UnreadableDocument('This is not a Word document, or it is damaged.');
  }
  return Buffer.from(zipSync(parts, { level: 0 }));
}

function inflateParts(bytes: Uint8Array): Record<string, Uint8Array> {
  const intake = new PartIntake(bytes.length);
  const unzip = new Unzip((file) => intake.accept(file));
  unzip.register(UnzipInflate);
  unzip.register(UnzipPassThrough);
  for (let at = 0; at < bytes.length; at += pushBytes) {
    unzip.push(bytes.subarray(at, at + pushBytes), at + pushBytes >= bytes.length);
  }
  return intake.parts;
}

class PartIntake {
  readonly parts: Record<string, Uint8Array> = Object.create(null) as Record<string, Uint8Array>;
  readonly #packedBytes: number;
  #entries = 0;
  #inflatedBytes = 0;

  constructor(packedBytes: number) {
    this.#packedBytes = packedBytes;
  }

  accept(file: UnzipFile): void {
    if (++this.#entries > maxEntries) throw tooLarge();
    if (!/\.(?:xml|rels)$/i.test(file.name)) return;
    const pieces: Uint8Array[] = [];
    file.ondata = (error, piece, isLast) => {
      if (error !== null) throw error;
      this.#count(piece.length);
      pieces.push(piece);
      if (isLast) this.parts[file.name] = Buffer.concat(pieces);
    };
    file.start();
  }

  #count(sizeBytes: number): void {
    this.#inflatedBytes += sizeBytes;
    const isBomb =
      this.#inflatedBytes > ratioGraceBytes && this.#inflatedBytes > this.#packedBytes * maxRatio;
    if (isBomb || this.#inflatedBytes > maxInflatedBytes) throw tooLarge();
  }
}

function tooLarge(): UnreadableDocument {
  return new UnreadableDocument(
    'This document unpacks to far more than its size and was not opened (a zip bomb?).',
  );
}
