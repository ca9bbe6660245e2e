import type { Model } from "@mobilenet-bench/spec";
import type { BuildSource } from "../builds/build-word.ts";
import type { Filters } from "../plan/plan.ts";

/** In the middle of the family: its inferences take milliseconds on every backend. */
const MODEL = "mobilenet_v1_0.5_160";
/** Neither the definition of correct nor what computes in plain JavaScript with a library. */
const BACKENDS = ["!reference", "!tfjs-cpu"];

/**
 * What is compared where the filters leave it open: one model on every backend in Node; of versions of a library, on the
 * backend whose it is.
 * @param network where weights are given, the one that they belong to
 */
export function withDefaultCells(
  filters: Filters,
  sources: readonly BuildSource[],
  network?: Model,
): Filters {
  const isNamed = (filters.cells?.length ?? 0) > 0 || filters.suite !== undefined;
  if (isNamed) return filters;
  const peers = sources.flatMap((source) => (source.kind === "peer" ? [source.peer.backend] : []));
  return {
    ...filters,
    model: filters.model ?? [network?.name ?? MODEL],
    backend: filters.backend ?? (peers.length > 0 ? [...new Set(peers)] : BACKENDS),
  };
}
