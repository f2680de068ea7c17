import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calibrateFusion } from '../../../src/main/knowledge/vectors/calibrate-fusion.ts';
import { CalibrationFile } from '../../../src/main/knowledge/vectors/calibration-file.ts';
import type { Embedder } from '../../../src/main/knowledge/vectors/embedder.ts';
import { EmbeddingLedger } from '../../../src/main/knowledge/vectors/embedding-ledger.ts';
import { createIndexFixture, seededRandom } from '../search/index-fixture.ts';
import type { IndexFixture } from '../search/index-fixture.ts';
import { HashingEmbedder } from './hashing-embedder.ts';

const path = () => join(fixture.folder, 'vectors', 'calibration.json');
const calibrateWith = async (embedder: Embedder) => {
  const file = new CalibrationFile(path());
  const ledger = new EmbeddingLedger(fixture.database);
  await calibrateFusion({ embedder, ledger, file, signal: new AbortController().signal });
  return file.read(embedder.key);
};

/** Vectors that have nothing to do with the texts. */
class RandomEmbedder extends HashingEmbedder {
  readonly #random = seededRandom(5);

  override async embed(texts: readonly string[]): Promise<Float32Array[]> {
    this.count += texts.length;
    return texts.map(() => {
      const vector = Float32Array.from({ length: this.dimensions }, () => this.#random() - 0.5);
      const length = Math.hypot(...vector);
      return vector.map((value) => value / length);
    });
  }
}

let fixture: IndexFixture;

/** Sections whose heading shares its words with the text below it. */
const addSections = (count: number, from = 0) => {
  const word = (index: number) => `topic${String.fromCharCode(97 + (index % 26))}${index}`;
  fixture.add(
    Array.from({ length: count }, (_, index) => ({
      path: `${from + index}.md`,
      text: `# About ${word(index)} and ${word(index + 1)}\n\nThis section tells of ${word(index)} at length, of what ${word(index + 1)} does to it, and why anybody would care.`,
    })),
  );
};

beforeEach(() => {
  fixture = createIndexFixture();
});
afterEach(() => fixture.close());

describe('calibrateFusion', () => {
  it('gives an embedder without any sense no say', async () => {
    addSections(120);
    expect((await calibrateWith(new RandomEmbedder()))?.weight).toBeLessThanOrEqual(0.2);
  });

  it('asks again for another model or after the corpus has changed much, and not otherwise', async () => {
    addSections(100);
    const embedder = new HashingEmbedder();
    await calibrateWith(embedder);
    const asked = embedder.count;
    expect(asked).toBeGreaterThan(100);
    addSections(10, 100);
    await calibrateWith(embedder);
    expect(embedder.count).toBe(asked);
    addSections(60, 200);
    await calibrateWith(embedder);
    expect(embedder.count).toBeGreaterThan(asked);
    expect(await new CalibrationFile(path()).read('another model')).toBeNull();
  });

  it('keeps the weight for an unknown corpus where there is too little to ask', async () => {
    addSections(3);
    expect(await calibrateWith(new HashingEmbedder())).toMatchObject({ weight: 0.5, chunkCount: 3 });
  });

  it('survives a damaged file', async () => {
    addSections(3);
    await calibrateWith(new HashingEmbedder());
    writeFileSync(path(), '{"weight": 7');
    expect(await new CalibrationFile(path()).read('hashing')).toBeNull();
    expect(await calibrateWith(new HashingEmbedder())).not.toBeNull();
  });
});
