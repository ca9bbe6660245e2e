const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;
/** From the lowest bar to the highest at the least, as ln ratio: noise is to look like noise. */
const LEAST_SPAN = 0.08;

/**
 * Latencies as bars of one letter each, on a scale of ratios.
 * @param values above 0
 */
export function sparkline(values: readonly number[]): string {
  const logs = values.map(Math.log);
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  const span = Math.max(high - low, LEAST_SPAN);
  const floor = (low + high - span) / 2;
  return logs
    .map((log) => {
      const step = Math.floor(((log - floor) / span) * BARS.length);
      return BARS[Math.min(BARS.length - 1, Math.max(0, step))] ?? "";
    })
    .join("");
}
