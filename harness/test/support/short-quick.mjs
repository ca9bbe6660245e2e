/** What the protocol `quick` is where tests of the command line measure: as few and as short blocks as they need. */
export const SHORT_QUICK = { rounds: 3, blockMs: 20, warmUp: { tolerance: 0.1, capMs: 100 } };
