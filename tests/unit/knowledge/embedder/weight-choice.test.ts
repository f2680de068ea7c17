import { describe, expect, it } from 'vitest';
import { chooseWeight, weightGrid } from '../../../../src/main/knowledge/embedder/weight-choice.ts';

const queries = (quality: (weight: number) => number) =>
  Array.from({ length: 50 }, () => Float64Array.from(weightGrid, quality));

describe('choosing the weight of the meaning leg', () => {
  it('finds the peak', () => {
    expect(chooseWeight(queries((weight) => 1 - (weight - 0.4) ** 2)).weight).toBeCloseTo(0.4);
  });

  it('prefers a broad hill to one lucky weight', () => {
    const lucky = (weight: number) => (Math.abs(weight - 0.1) < 0.01 ? 0.62 : 0.6 - (weight - 0.6) ** 2);
    expect(chooseWeight(queries(lucky)).weight).toBeCloseTo(0.6);
  });

  it('takes the middle where a range of weights serves equally', () => {
    const plateau = (weight: number) => (weight >= 0.2 && weight <= 0.6 ? 1 : 0);
    expect(chooseWeight(queries(plateau)).weight).toBeCloseTo(0.4);
  });

  it('is 0 when every weight is below words alone', () => {
    const choice = chooseWeight(queries((weight) => 0.5 - weight / 4));
    expect(choice).toMatchObject({ weight: 0, fusedQuality: choice.lexicalQuality });
  });

  it('leaves words a say even where meaning alone serves best', () => {
    const choice = chooseWeight(queries((weight) => weight));
    expect(choice.weight).toBeLessThanOrEqual(0.8);
    expect(choice.weight).toBeGreaterThanOrEqual(0.7);
    expect(choice.meaningQuality).toBe(1);
  });

  it('is finite without any query', () => {
    expect(chooseWeight([])).toMatchObject({ weight: 0, fusedQuality: 0 });
  });
});
