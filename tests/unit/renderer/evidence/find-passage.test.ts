import { describe, expect, it } from 'vitest';
import { findPassage } from '../../../../src/renderer/features/evidence/find-passage.ts';

const runs = [
  'Leave',
  'The moss grows on the north',
  'side of the arch. Parents may take',
  'up to 26 weeks.',
  'Other text.',
];
const found = (passage: string, page = runs) => [...findPassage(page, passage)];

describe('findPassage', () => {
  it('finds the runs a passage spans and no others', () => {
    expect(found('The moss grows on the north side of the arch. Parents may take up to 26 weeks.')).toEqual([
      1, 2, 3,
    ]);
  });

  it('does not mind other spaces, hyphens, case and ligatures than on the page', () => {
    expect(found('THE MOSS\n\ngrows on the  north side', runs)).toEqual([1, 2]);
    expect(found('efficient files', ['Before', 'e\uFB03cient', 'fi', 'les', 'After'])).toEqual([1, 2, 3]);
  });

  it('marks up to the end of the page when the passage goes on after it', () => {
    expect(
      found('Parents may take up to 26 weeks. Other text. And more on the next page that is not here.'),
    ).toEqual([2, 3, 4]);
  });

  it('marks nothing when the page does not hold the passage, or it has no letters', () => {
    expect(found('Entirely different')).toEqual([]);
    expect(found(' \n — ')).toEqual([]);
  });
});
