/** How pairs are measured, where a test does not care. */
export const PAIR_PROTOCOL = {
  warmUpMs: 80,
  blockMs: 20,
  rounds: 24,
  roundsMs: 2400,
  leastRounds: 3,
  threadsPauseMs: 50,
  looks: [12, 24, 40],
  alpha: 0.01,
  margin: 0.015,
};
