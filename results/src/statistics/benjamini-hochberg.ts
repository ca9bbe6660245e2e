/**
 * The q-value of every p, in the order of the ps: the smallest share of false discoveries at which it is among the
 * discoveries.
 * Source: Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57
 * (1995), 289–300; adjusted as R's `p.adjust(method = "BH")` does.
 * @throws RangeError where a p is not within [0, 1]
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  if (!ps.every((p) => p >= 0 && p <= 1))
    throw new RangeError("[results] A p is no probability. Give those within 0 and 1.");
  const descending = ps.map((_, i) => i).toSorted((a, b) => (ps[b] ?? 0) - (ps[a] ?? 0));
  const qs = ps.map(() => 1);
  let least = 1;
  for (const [above, i] of descending.entries()) {
    least = Math.min(least, ((ps[i] ?? 1) * ps.length) / (ps.length - above));
    qs[i] = least;
  }
  return qs;
}
