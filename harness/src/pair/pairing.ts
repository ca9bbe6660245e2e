import type { Expected } from "@mobilenet-bench/backend";
import type { Side } from "@mobilenet-bench/results";
import type { InputSource } from "@mobilenet-bench/runner";
import type { PlannedCell } from "../plan/cell.ts";
import { computeExpected, precisionFor } from "../run/expected.ts";
import { CellFailed, type Failure } from "../target/failure.ts";
import { pinningFor, type Pinning } from "./pinning.ts";

/** Two cells of one network that are compared; each has a target of its own, so that both are alive at once. */
export interface Pairing {
  readonly base: PlannedCell;
  readonly candidate: PlannedCell;
}

/** The sides in the order in which tables name them. */
export const SIDES: readonly Side[] = ["base", "candidate"];

/** A pairing with all that its pairs have in common. */
export interface PreparedPairing extends Pairing {
  readonly source: InputSource;
  /** Of each timed image of each side, the input first. */
  readonly expected: Readonly<Record<Side, readonly Expected[]>>;
  readonly pinning: Pinning;
}

/** A comparison that came to no verdict: one of the sides failed. */
export class PairFailed extends CellFailed {
  readonly side: Side;

  constructor(side: Side, failure: Failure) {
    super(failure);
    this.side = side;
  }
}

/**
 * Computes what outputs must be, once for all pairs.
 * @throws CellFailed or RunnerDied where the reference cannot be computed
 */
export async function preparePairing(
  { base, candidate }: Pairing,
  source: InputSource,
  {
    expect = computeExpected,
    signal,
  }: { readonly expect?: typeof computeExpected; readonly signal?: AbortSignal } = {},
): Promise<PreparedPairing> {
  const [precision, other] = [base, candidate].map(({ options }) => precisionFor(options));
  const ofBase = await expect(base.network, source, precisionFor(base.options), signal);
  const same = precision === other && base.network === candidate.network;
  const ofCandidate = same
    ? ofBase
    : await expect(candidate.network, source, precisionFor(candidate.options), signal);
  return {
    base,
    candidate,
    source,
    expected: { base: ofBase, candidate: ofCandidate },
    pinning: await pinningFor([base, candidate]),
  };
}
