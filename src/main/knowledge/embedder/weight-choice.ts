/** The weights tried for the meaning leg. */
export const weightGrid: readonly number[] = Array.from({ length: 21 }, (_, step) => step / 20);

/**
 * The most the meaning leg may weigh. Known items are sentences; people also search for exact names, where words
 * must keep a say.
 */
const heaviest = 0.8;

const kernel = [1, 2, 3, 2, 1];

export interface WeightChoice {
  /** Share of the meaning leg in fusion, 0 to 1. */
  weight: number;
  /** Mean nDCG@10 of the known items by words alone, by meaning alone and fused with `weight`. */
  lexicalQuality: number;
  meaningQuality: number;
  fusedQuality: number;
}

/**
 * Chooses the weight whose smoothed mean quality is best: a grid of 21 weights over some hundred queries is noisy, a
 * neighbourhood is less so. When no weight beats words alone, the weight is 0.
 *
 * @param gains for each query, its quality at each weight of the grid
 */
export function chooseWeight(gains: readonly Float64Array[]): WeightChoice {
  const means = weightGrid.map((_, step) => mean(gains.map((gain) => gain[step] ?? 0)));
  const smoothed = smooth(means).filter((_, step) => (weightGrid[step] ?? 1) <= heaviest);
  const best = middleOfBest(smoothed);
  const at = (step: number) => means[step] ?? 0;
  const chosen = at(best) > at(0) ? best : 0;
  return {
    weight: weightGrid[chosen] ?? 0,
    lexicalQuality: at(0),
    meaningQuality: at(weightGrid.length - 1),
    fusedQuality: at(chosen),
  };
}

/** The middle of the first run of best values: where every weight of a range serves, its ends are the least safe. */
function middleOfBest(values: readonly number[]): number {
  const enough = Math.max(...values) - 1e-9;
  const first = values.findIndex((value) => value >= enough);
  let last = first;
  while ((values[last + 1] ?? -Infinity) >= enough) last++;
  return Math.round((first + last) / 2);
}

/** Weighted mean with two neighbours on each side; the ends repeat. */
function smooth(values: readonly number[]): number[] {
  const reach = (kernel.length - 1) / 2;
  return values.map((_, index) => {
    let sum = 0;
    let weights = 0;
    for (const [offset, weight] of kernel.entries()) {
      const neighbour = Math.min(values.length - 1, Math.max(0, index + offset - reach));
      sum += weight * (values[neighbour] ?? 0);
      weights += weight;
    }
    return sum / weights;
  });
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
