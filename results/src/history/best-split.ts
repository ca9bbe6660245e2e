/** Where a sequence falls into two parts most clearly. */
export interface Split {
  /** Index of the first value of the second part. */
  readonly at: number;
  /** The energy statistic: 0 for parts of one distribution, on average. */
  readonly statistic: number;
}

/**
 * Of all ways to lay a first part and a second one, which may end early, the one whose parts differ most by the energy statistic:
 * q = 2/(m+n)·Σ|x−y| − 2m/((m+n)(n−1))·Σ|x−x'| − 2n/((m+n)(m−1))·Σ|y−y'|, with n and m values in them.
 * Source: D. S. Matteson, N. A. James, "A nonparametric approach for multiple change point analysis of multivariate data",
 * Journal of the American Statistical Association 109 (2014), 334–345, with α = 1. Its time grows with the square
 * of the length.
 * @param least how many values each part must have
 * @returns undefined where there are too few
 */
export function bestSplit(values: Float64Array, least: number): Split | undefined {
  const { length } = values;
  // Sums of distances: within the first values, and from each place on to the last that was added.
  const within = new Float64Array(length + 1);
  const after = new Float64Array(length + 1);
  // By how many values, 1 / (values − 1): a single value has no distances within.
  const inverse = new Float64Array(length + 1);
  for (let count = 2; count <= length; count++) inverse[count] = 1 / (count - 1);
  let bestAt = -1;
  let best = -Infinity;
  for (let last = 1; last < length; last++) {
    const value = values[last]!;
    let sum = 0;
    for (let from = last - 1; from >= 0; from--) {
      sum += Math.abs(values[from]! - value);
      after[from] = after[from]! + sum;
    }
    const all = within[last]! + sum;
    within[last + 1] = all;
    const count = last + 1;
    const most = count - least;
    for (let n = least; n <= most; n++) {
      const m = count - n;
      const first = within[n]!;
      const second = after[n]!;
      const part = all - first - second - m * inverse[n]! * first - n * inverse[m]! * second;
      if (part * 2 > best * count) {
        best = (2 * part) / count;
        bestAt = n;
      }
    }
  }
  return bestAt < 0 ? undefined : { at: bestAt, statistic: best };
}
