import type { Cell, ColdStart, FailedCell, OkCell, Correctness, Protocol } from "@mobilenet-bench/results";
import { leftOutOf, mostMemory, summarizeLatency } from "@mobilenet-bench/results";
import { median } from "simple-statistics";
import type { PlannedCell } from "../plan/cell.ts";
import type { Failure } from "../target/failure.ts";
import type { CellRun } from "./cell-run.ts";
import { doubtsOf, processorUse } from "./doubts.ts";
import type { ProcessRecord } from "./entries.ts";
import type { MeasuredProcess } from "./ledger.ts";
import type { FewSetsOf } from "./sets-of.ts";
import { randomOf } from "./shuffled.ts";

/** How a figure is made of blocks. */
export interface SummaryOptions {
  readonly protocol: Protocol;
  readonly seed: number;
  readonly keepSamples: boolean;
  readonly few?: FewSetsOf;
}

/**
 * What is kept of one process of a cell that came to its end without a fault, apart from its blocks.
 * @param cold whether its cold start counts: nothing else started beside it
 */
export function recordOf(run: CellRun, cold: boolean): ProcessRecord {
  const { actual, warmUps, coldStarts, restsCpuMs, layerMs, retries } = run;
  const memory = mostMemory(run.memories);
  const warmUp = warmUps.at(-1);
  const correctness = run.correctness();
  if (!actual || !warmUp || !correctness)
    throw new Error(
      `[harness] ${run.cell.id} was measured without a check. This is a bug; please report it.`,
    );
  const coldStart = cold ? coldStarts.at(-1) : undefined;
  return {
    actual,
    ...(coldStart && { coldStart }),
    warmUp,
    correctness,
    restsCpuMs,
    ...(memory && { memory }),
    ...(layerMs && { layerMs }),
    retries,
  };
}

/** The record of a cell of which every process came to its end, as it is stored. */
export function summarizeCell(
  cell: PlannedCell,
  processes: readonly MeasuredProcess[],
  { protocol, seed, keepSamples, few = {} }: SummaryOptions,
): Cell {
  const actual = processes.at(-1)?.actual;
  const correctness = worstOf(processes.map((process) => process.correctness));
  if (!actual || !correctness)
    return failedCell(cell, { status: "infra", reason: "Nothing was measured. This is a bug." });
  const retries = retriesOf(processes);
  const blocks = processes.flatMap((process) => process.blocks);
  const latency = summarizeLatency(blocks, protocol, randomOf(seed, cell.id));
  const failed = { actual, correctness, ...(retries > 0 && { retries }) };
  if (!latency)
    return {
      ...failedCell(cell, {
        status: "infra",
        reason: `The machine was not its own: of ${blocks.length} blocks, ${leftOutText(blocks)}.`,
        remedy:
          "See with mnb doctor what disturbs it, and measure again when it is quiet; --max-disturbance 1 counts blocks in spite of it.",
      }),
      ...failed,
    };
  const processor = processorUse(
    blocks,
    processes.flatMap(({ restsCpuMs }) => restsCpuMs),
  );
  const memory = mostMemory(processes.flatMap((process) => process.memory ?? []));
  const doubts = doubtsOf(actual, processor);
  const fewSets = few[cell.id];
  return {
    ...identity(cell),
    status: "ok",
    latency,
    gmacs: cell.network.multAdds / (latency.median * 1e6),
    coldStart: medianColdStart(processes.flatMap(({ coldStart }) => coldStart ?? [])),
    correctness,
    warmUp: {
      inferences: Math.max(...processes.map(({ warmUp }) => warmUp.inferences)),
      stable: processes.every(({ warmUp }) => warmUp.stable),
    },
    blocks: blocks.map(({ samplesMs, ...block }) => (keepSamples ? { ...block, samplesMs } : block)),
    actual,
    ...(processor && { processor }),
    ...(doubts.length > 0 && { doubts }),
    ...layersOf(cell, processes.at(-1)?.layerMs),
    ...(memory && { memory }),
    ...(retries > 0 ? { retries } : {}),
    ...(fewSets && { fewSets }),
  };
}

/** `8 were left out by steal above 5 %, 2 by CPU pressure above 25 %`. */
function leftOutText(blocks: MeasuredProcess["blocks"]): string {
  return leftOutOf(blocks)
    .map(({ rule, blocks: count }, i) =>
      i === 0 ? `${count} were left out by ${rule}` : `${count} by ${rule}`,
    )
    .join(", ");
}

/**
 * The record of a cell of which a process has failed.
 * @param before its processes in earlier sets
 */
export function failedRun(run: CellRun, failure: Failure, before: readonly MeasuredProcess[]): FailedCell {
  const retries = retriesOf(before) + run.retries;
  const correctness = worstOf([
    ...before.map((process) => process.correctness),
    ...[run.correctness()].flatMap((own) => own ?? []),
  ]);
  return {
    ...failedCell(run.cell, failure),
    ...(run.actual && { actual: run.actual }),
    ...(retries > 0 && { retries }),
    ...(correctness && { correctness }),
  };
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

function retriesOf(processes: readonly MeasuredProcess[]): number {
  return processes.reduce((sum, { retries }) => sum + retries, 0);
}

function worstOf(all: readonly Correctness[]): Correctness | undefined {
  const [worst] = all.toSorted((a, b) => b.worstFraction - a.worstFraction);
  if (!worst) return undefined;
  const { bound, worstFraction } = worst;
  const maxAbsError = Math.max(...all.map((one) => one.maxAbsError));
  return { maxAbsError, bound, worstFraction, top1Agrees: all.every(({ top1Agrees }) => top1Agrees) };
}

function medianColdStart(coldStarts: readonly ColdStart[]): ColdStart {
  const of = (figure: keyof ColdStart) => median(coldStarts.map((coldStart) => coldStart[figure]));
  return { importMs: of("importMs"), loadMs: of("loadMs"), firstInferenceMs: of("firstInferenceMs") };
}

/** Fused layers have the mult-adds of all their parts. */
function layersOf({ network }: PlannedCell, layerMs: ProcessRecord["layerMs"]): Pick<OkCell, "layers"> {
  if (!layerMs) return {};
  const byName = new Map(network.layers.map((layer) => [layer.name, layer]));
  return {
    layers: layerMs.map(([name, ms]) => {
      const parts = name.split("+").flatMap((part) => byName.get(part) ?? []);
      const types = parts.map(({ type }) => type).join("+");
      return { name, type: types, multAdds: parts.reduce((sum, { multAdds }) => sum + multAdds, 0), ms };
    }),
  };
}
