import { describe, expect, it } from 'vitest';
import { countOf, formatLarge, formatSize } from '../../../../src/renderer/components/quantity.ts';

describe('quantities', () => {
  it('show sizes in the unit that keeps them short', () => {
    expect([0, 980, 4_200, 986_048_768, 26.4e9].map(formatSize)).toEqual([
      '0 B',
      '980 B',
      '4.2 KB',
      '986 MB',
      '26 GB',
    ]);
  });

  it('count one thing as one', () => {
    expect([countOf(1, 'file'), countOf(0, 'file'), countOf(1_204, 'file')]).toEqual([
      '1 file',
      '0 files',
      '1,204 files',
    ]);
  });

  it('shorten large numbers as model names do', () => {
    expect([260_000, 137e6, 1.54e9, 46.7e9, 7e9].map(formatLarge)).toEqual([
      '260K',
      '137M',
      '1.5B',
      '47B',
      '7B',
    ]);
  });
});
