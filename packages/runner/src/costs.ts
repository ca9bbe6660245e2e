/** What one inference took. */
export interface Cost {
  readonly ms: number;
  /** Processor time of all threads; null where that cannot be told. */
  readonly cpuMs: number | null;
}

/** What inferences took of either kind: a backend that remembers answers shows in the difference. */
export interface Costs {
  /** Of inferences like those that were timed. */
  readonly seen: readonly Cost[];
  /** In turns with them, of images that are nothing like those that were timed. */
  readonly unseen: readonly Cost[];
}
