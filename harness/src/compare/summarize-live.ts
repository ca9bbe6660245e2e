import {
  COMPARISON_VERSION,
  layerChanges,
  outcomeOf,
  withQValues,
  type ComparedCell,
  type Comparison,
  type Pair,
} from "@mobilenet-bench/results";
import type { Given } from "../run/given.ts";
import { verdictOf, type Job } from "./compare-live.ts";
import type { ComparisonStart, JournalLine } from "./live-journal.ts";

/** Chance that any layer of a cell is named that did not change. */
const LAYER_ALPHA = 0.01;

/**
 * What was recorded, as far as it goes: cells without a verdict yet are left out.
 * @param complete whether all was recorded that was to be
 */
export function summarizeLive(
  start: ComparisonStart,
  lines: readonly JournalLine[],
  {
    finishedAt,
    complete,
    given: { picture, weights } = {},
  }: { readonly finishedAt: Date; readonly complete: boolean; readonly given?: Given },
): Comparison {
  const failed = lines.flatMap((line) => (line.kind === "failed" ? [line.cell] : []));
  const isFailed = new Set(failed.map(({ id }) => id));
  const compared = start.cells.flatMap((id) => (isFailed.has(id) ? [] : (cellOf(id, start, lines) ?? [])));
  const cells = new Map(
    [...start.without, ...failed, ...withQValues(compared)].map((cell) => [cell.id, cell] as const),
  );
  return {
    schema: COMPARISON_VERSION,
    kind: "builds",
    id: start.id,
    startedAt: start.startedAt,
    finishedAt: finishedAt.toISOString(),
    complete,
    seed: start.seed,
    ...(picture && { picture: { name: picture.name, sha256: picture.sha256 } }),
    ...(weights && { weights: { name: weights.name, sha256: weights.sha256 } }),
    protocol: start.protocol,
    environment: start.environment,
    base: start.base,
    candidate: start.candidate,
    cells: [...cells.values()],
  };
}

function cellOf(
  id: string,
  { protocol }: ComparisonStart,
  lines: readonly JournalLine[],
): Omit<ComparedCell, "q"> | undefined {
  const pairsOf = (job: Job): Pair[] =>
    lines.flatMap((line) =>
      line.kind === "pair" && line.cell === id && line.job === job ? [line.record] : [],
    );
  const first = verdictOf(pairsOf(1), protocol);
  if (!first) return undefined;
  const second = verdictOf(pairsOf(2), protocol);
  const outcome = outcomeOf(first, second);
  if (!outcome) return undefined;
  const actual = lines.find((line) => line.kind === "actual" && line.cell === id);
  const layers =
    actual?.kind === "actual"
      ? layerChanges(
          lines.flatMap((line) => (line.kind === "layers" && line.cell === id ? [line.record] : [])),
          { alpha: LAYER_ALPHA, margin: protocol.margin },
          actual.kernels,
        )
      : [];
  return {
    id,
    status: "compared",
    outcome,
    first,
    ...(second && { second }),
    ...(layers.length > 0 && { layers }),
    ...(actual?.kind === "actual" && actual.differs.length > 0 && { differs: actual.differs }),
  };
}
