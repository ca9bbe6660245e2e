import { axisValue, type OkCell } from "@mobilenet-bench/results";
import type { PlannedCell } from "../plan/cell.ts";
import { BACKENDS, isBackendId, type BackendId } from "../registry/backends.ts";

/** What a cell takes, in milliseconds, as far as an estimate needs it. */
export interface CellCost {
  /** From opening a process or a page to the first answer, that included. */
  readonly startMs: number;
  readonly inferenceMs: number;
  /** Until blocks agree; where it is unknown, a protocol's guess stands for it. */
  readonly warmUpMs?: number;
}

/** What a cost depends on. */
export type CostedCell = Pick<PlannedCell, "id" | "model" | "backend" | "options" | "network"> & {
  readonly on: Pick<PlannedCell["on"], "platform">;
};

interface NominalCost {
  readonly loadMs: number;
  /** Latency as a line over mult-adds: per 1e9 of them, and without any. */
  readonly perGiga: number;
  readonly interceptMs: number;
}

/**
 * What backends took on two cores of an EPYC under KVM, on one thread, where a processor plays the part of the GPU. Not
 * what they take on another machine, but the same on all: whoever divides a suite by them divides it likewise.
 */
const NOMINAL: Readonly<Record<BackendId, NominalCost>> = {
  reference: { loadMs: 100, perGiga: 2500, interceptMs: 5 },
  ts: { loadMs: 50, perGiga: 213, interceptMs: 3.7 },
  wasm: { loadMs: 165, perGiga: 38, interceptMs: 0.22 },
  webgpu: { loadMs: 2800, perGiga: 700, interceptMs: 10 },
  "tfjs-cpu": { loadMs: 65, perGiga: 1300, interceptMs: 16 },
  "tfjs-wasm": { loadMs: 80, perGiga: 69, interceptMs: 0.9 },
  "tfjs-webgpu": { loadMs: 7200, perGiga: 4500, interceptMs: 50 },
  "ort-wasm": { loadMs: 430, perGiga: 88, interceptMs: 1.7 },
  "ort-webgpu": { loadMs: 15_600, perGiga: 5400, interceptMs: 50 },
  "tfjs-node": { loadMs: 680, perGiga: 29, interceptMs: 4.3 },
  "ort-node": { loadMs: 150, perGiga: 21, interceptMs: 0.3 },
};
/** A backend from outside: nothing is known of it. */
const UNKNOWN: NominalCost = { loadMs: 200, perGiga: 100, interceptMs: 1 };

/** Starting a process, or a page in a browser that runs. */
const OPEN_MS = { node: 350, page: 600 } as const;
/** Weights are generated and folded in each process. */
const WEIGHTS_MS_PER_PARAM = 6e-5;
/** First inferences compile, and allocate. */
const FIRST_TIMES = 1.4;
/** Two threads are not twice as fast. */
const THREADS_EXPONENT = 0.8;

/** The same for equal cells on every machine. */
export function nominalCost({ backend, options, network, on }: CostedCell): CellCost {
  const { loadMs, perGiga, interceptMs } = isBackendId(backend) ? NOMINAL[backend] : UNKNOWN;
  const threads = Number(axisValue(options, "threads")) || 1;
  const speedUp = needsGpu({ backend }) ? 1 : threads ** THREADS_EXPONENT;
  const inferenceMs = interceptMs + (perGiga * network.multAdds) / 1e9 / speedUp;
  const openMs = on.platform === "node" ? OPEN_MS.node : OPEN_MS.page;
  const weightsMs = network.params * WEIGHTS_MS_PER_PARAM;
  return { startMs: openMs + weightsMs + loadMs + FIRST_TIMES * inferenceMs, inferenceMs };
}

/** Whether a processor may play the part of the GPU, which is what the figures above are of. */
export function needsGpu({ backend }: Pick<CostedCell, "backend">): boolean {
  return isBackendId(backend) && BACKENDS[backend].gpu;
}

/** What the same cell took before, where its cold start and its warm-up are in the file. */
export function measuredCost(cell: CostedCell, measured: OkCell): CellCost {
  const { coldStart, latency, warmUp } = measured;
  const openMs = cell.on.platform === "node" ? OPEN_MS.node : OPEN_MS.page;
  const startMs =
    openMs +
    cell.network.params * WEIGHTS_MS_PER_PARAM +
    coldStart.importMs +
    coldStart.loadMs +
    coldStart.firstInferenceMs;
  return { startMs, inferenceMs: latency.median, warmUpMs: warmUp.inferences * latency.median };
}
