/** How many cases a property is tried with: so many by day, and so many in the nightly run. */
export const runs = (byDay: number, atNight: number) => ({
  numRuns: process.env["MNB_NIGHTLY"] ? atNight : byDay,
});
