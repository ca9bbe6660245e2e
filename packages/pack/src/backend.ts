/** What a backend adds to a pack. */
export interface Contents {
  readonly package: string;
  /** Of that package's dependencies, those that no other of its backends needs. */
  readonly libraries?: readonly string[];
  /** Large files beside the page that this backend alone fetches. */
  readonly pageFiles?: RegExp;
}

/** Why a backend cannot be packed, and what to do. */
export interface Refusal {
  readonly reason: string;
  readonly remedy: string;
}

/** All backends by their ids, in the order of listings. */
export type Backends = ReadonlyMap<string, Contents | Refusal>;
