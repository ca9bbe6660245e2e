/**
 * P(T ≤ t) of Wilcoxon's signed-rank statistic of so many pairs without ties, at t = 0 … pairs·(pairs + 1)/2: exact up to
 * 53 pairs, since every probability is a whole number of 2^−pairs.
 * Source: F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945), 80–83.
 */
export function signedRankDistribution(pairs: number): readonly number[] {
  return cumulative(Array.from({ length: pairs }, (_, i) => i + 1));
}

/**
 * The two-sided p of the signed-rank test that differences are symmetric about 0, from the exact distribution given their
 * magnitudes: each sign is a fair coin. Equal magnitudes share the mean of their ranks. Zeros are ranked with the others,
 * and then their ranks are dropped (J. W. Pratt, "Remarks on zeros and ties in the Wilcoxon signed rank procedures",
 * Journal of the American Statistical Association 54 (1959), 655–667).
 * @returns 1 where every difference is 0 or there is none
 */
export function signedRankP(differences: readonly number[]): number {
  const doubled = doubledRanks(differences.map(Math.abs));
  const ranked = differences.flatMap((difference, i) =>
    difference === 0 ? [] : [{ difference, rank: doubled[i] ?? 0 }],
  );
  const ranks = ranked.map(({ rank }) => rank);
  const positive = sum(ranked.map(({ difference, rank }) => (difference > 0 ? rank : 0)));
  const smaller = Math.min(positive, sum(ranks) - positive);
  return Math.min(1, 2 * (cumulative(ranks)[smaller] ?? 1));
}

/** P(sum ≤ t) where each of these whole numbers is added or not, as a fair coin falls. */
function cumulative(ranks: readonly number[]): number[] {
  let probabilities = Float64Array.of(1);
  for (const rank of ranks) {
    const next = new Float64Array(probabilities.length + rank);
    probabilities.forEach((probability, t) => {
      next[t] = (next[t] ?? 0) + probability / 2;
      next[t + rank] = (next[t + rank] ?? 0) + probability / 2;
    });
    probabilities = next;
  }
  let total = 0;
  return Array.from(probabilities, (probability) => (total += probability));
}

/** Twice the rank of each value from 1, equal ones with the mean of theirs: whole numbers all the same. */
function doubledRanks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  for (const [i, value] of sorted.entries()) {
    if (!first.has(value)) first.set(value, i + 1);
    last.set(value, i + 1);
  }
  return values.map((value) => (first.get(value) ?? 0) + (last.get(value) ?? 0));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
