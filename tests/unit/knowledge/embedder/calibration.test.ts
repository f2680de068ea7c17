import { describe, expect, it } from 'vitest';
import { calibrate } from '../../../../src/main/knowledge/embedder/calibration.ts';
import type { CalibrationOptions } from '../../../../src/main/knowledge/embedder/calibration.ts';

const terms = (text: string) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];

/** Chunk `number` says `words` under a heading of other words: only meaning can join the two. */
function chunk(number: number, sharesWords: boolean) {
  const topic = `${letters(number)}topic`;
  const heading = sharesWords ? `about ${topic} matters` : `${letters(number)}synonym said otherwise`;
  return {
    heading,
    text: `The ${topic} ${topic} is described here at some length, with whatever else belongs to it.`,
  };
}

function letters(number: number): string {
  return [...number.toString(26)].map((digit) => String.fromCharCode(97 + parseInt(digit, 26))).join('');
}

function axisVector(axis: number): Float32Array {
  const vector = new Float32Array(512);
  vector[axis] = 1;
  return vector;
}

/** Knows which heading belongs to which text. */
const knowing: CalibrationOptions['embed'] = async (texts) =>
  texts.map((text) => {
    const number = /([a-z]+?)(?:topic|synonym)/.exec(text)?.[1] ?? 'a';
    return axisVector([...number].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 97, 0));
  });

/** Finds every two texts equally near. */
const blind: CalibrationOptions['embed'] = async (texts) => texts.map(() => axisVector(0));

describe('calibrating a corpus', () => {
  const bySynonym = Array.from({ length: 300 }, (_, number) => chunk(number, false));
  const byWords = Array.from({ length: 300 }, (_, number) => chunk(number, true));

  it('trusts an embedder that finds what words cannot', async () => {
    const calibration = await calibrate(bySynonym, { embed: knowing, terms });
    expect(calibration?.weight).toBeGreaterThan(0.3);
    expect(calibration?.fusedQuality).toBeGreaterThan((calibration?.lexicalQuality ?? 1) + 0.5);
  });

  it('leaves out an embedder that finds nothing, so that fusion is never below words alone', async () => {
    const calibration = await calibrate(byWords, { embed: blind, terms });
    expect(calibration?.lexicalQuality).toBeGreaterThan(0.9);
    expect(calibration?.fusedQuality).toBeGreaterThanOrEqual(calibration?.lexicalQuality ?? 1);
  });

  it('steers queries only for a caller that can', async () => {
    const about = (vector: Float32Array) =>
      Float32Array.from(vector, (value, axis) => (axis === 511 ? 1 : value / 8));
    const embed: CalibrationOptions['embed'] = async (texts, signal) =>
      (await knowing(texts, signal)).map(about).map((vector, index) => {
        vector[510] = Math.sin(index * 7);
        return vector;
      });
    const plain = await calibrate(bySynonym, { embed, terms });
    const steered = await calibrate(bySynonym, { embed, terms, canSteer: true });
    expect(plain).toMatchObject({ strength: 0, directions: [] });
    expect(steered?.strength).toBeGreaterThan(0);
    expect(steered?.fusedQuality).toBeGreaterThan(plain?.fusedQuality ?? 1);
  });

  it('chooses the same for the same corpus', async () => {
    const options = { embed: knowing, terms };
    expect(await calibrate(bySynonym, options)).toEqual(await calibrate(bySynonym, options));
  });

  it('embeds at most 3,000 chunks and 300 queries of a large corpus', async () => {
    let embedded = 0;
    const embed: CalibrationOptions['embed'] = (texts) => ((embedded += texts.length), blind(texts));
    const many = Array.from({ length: 9_000 }, (_, number) => chunk(number, true));
    const calibration = await calibrate(many, { embed, terms });
    expect(embedded).toBe(3_300);
    expect(calibration).toMatchObject({ chunks: 3_000, queries: 300 });
  });

  it.each([
    ['no chunks', []],
    ['few chunks', byWords.slice(0, 20)],
    ['chunks without anything to ask', Array.from({ length: 300 }, () => ({ text: '0101 1010 \u2013 42;' }))],
  ])('says nothing of %s', async (_, chunks) => {
    expect(await calibrate(chunks, { embed: knowing, terms })).toBeNull();
  });

  it('stops with the reason of the signal', async () => {
    const signal = AbortSignal.abort();
    await expect(calibrate(byWords, { embed: blind, terms, signal })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
  });
});
