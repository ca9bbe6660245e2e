/** The day of a moment in ISO 8601, UTC: `2026-11-22`. File names of runs begin with it. */
export function dayOf(moment: string): string {
  return moment.slice(0, "2026-11-22".length);
}
