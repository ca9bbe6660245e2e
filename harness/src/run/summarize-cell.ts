import { median } from "simple-statistics";
import type { Cell, ColdStart, FailedCell, OkCell, Protocol } from "@mobilenet-bench/results";
import { doubtsOf, processorUse } from "./doubts.ts";
import { leftOutOf, mostMemory, summarizeLatency, type Random } from "@mobilenet-bench/results";
import type { PlannedCell } from "../plan/cell.ts";
import type { CellRun } from "./cell-run.ts";
import type { Failure } from "../target/failure.ts";

/** The record of a cell, as it is stored. */
export function summarizeCell(run: CellRun, protocol: Protocol, random: Random, keepSamples: boolean): Cell {
  const { cell, failure, actual, retries, checks } = run;
  const correctness = run.correctness();
  const extra = {
    ...(actual ? { actual } : {}),
    ...(retries > 0 ? { retries } : {}),
    ...(correctness ? { correctness } : {}),
  };
  if (failure) return { ...failedCell(cell, failure), ...extra };
  const latency = summarizeLatency(run.blocks, protocol, random);
  if (!latency)
    return {
      ...failedCell(cell, {
        status: "infra",
        reason: `The machine was not its own: of ${run.blocks.length} blocks, ${leftOutText(run.blocks)}.`,
        remedy:
          "See with mnb doctor what disturbs it, and measure again when it is quiet; --max-cpu-pressure 1 counts blocks in spite of other work.",
      }),
      ...extra,
    };
  if (!actual || !correctness || checks.length === 0)
    return failedCell(cell, {
      status: "infra",
      reason: "The cell was measured without a check. This is a bug.",
    });
  const processor = processorUse(run.blocks, run.restsCpuMs);
  const memory = mostMemory(run.memories);
  const doubts = doubtsOf(actual, processor);
  return {
    ...identity(cell),
    status: "ok",
    latency,
    gmacs: cell.network.multAdds / (latency.median * 1e6),
    coldStart: medianColdStart(run.coldStarts),
    correctness,
    warmUp: {
      inferences: Math.max(...run.warmUps.map(({ inferences }) => inferences)),
      stable: run.warmUps.every(({ stable }) => stable),
    },
    blocks: run.blocks.map(({ samplesMs, ...block }) => (keepSamples ? { ...block, samplesMs } : block)),
    actual,
    ...(processor && { processor }),
    ...(doubts.length > 0 && { doubts }),
    ...layersOf(run),
    ...(memory && { memory }),
    ...(retries > 0 ? { retries } : {}),
  };
}

/** `8 were left out by steal above 5 %, 2 by CPU pressure above 25 %`. */
function leftOutText(blocks: CellRun["blocks"]): string {
  return leftOutOf(blocks)
    .map(({ rule, blocks: count }, i) =>
      i === 0 ? `${count} were left out by ${rule}` : `${count} by ${rule}`,
    )
    .join(", ");
}

/** The record of a cell that has no figure. */
export function failedCell(cell: PlannedCell, failure: Failure): FailedCell {
  return { ...identity(cell), ...failure };
}

function identity({ id, model, backend, target, options, network }: PlannedCell) {
  return {
    id,
    model,
    backend,
    target,
    options: { ...options },
    multAdds: network.multAdds,
    params: network.params,
  };
}

function medianColdStart(coldStarts: readonly ColdStart[]): ColdStart {
  const of = (figure: keyof ColdStart) => median(coldStarts.map((coldStart) => coldStart[figure]));
  return { importMs: of("importMs"), loadMs: of("loadMs"), firstInferenceMs: of("firstInferenceMs") };
}

/** Fused layers have the mult-adds of all their parts. */
function layersOf({ cell, layerMs }: CellRun): Pick<OkCell, "layers"> {
  if (!layerMs) return {};
  const byName = new Map(cell.network.layers.map((layer) => [layer.name, layer]));
  return {
    layers: layerMs.map(([name, ms]) => {
      const parts = name.split("+").flatMap((part) => byName.get(part) ?? []);
      const types = parts.map(({ type }) => type).join("+");
      return { name, type: types, multAdds: parts.reduce((sum, { multAdds }) => sum + multAdds, 0), ms };
    }),
  };
}
