import type { Layer } from "@mobilenet-bench/spec";
import { kernelsFor, opOf, type Kernel, type Placement } from "../kernels/table.ts";
import { at, range } from "../list.ts";
import { createPlan, depthOf, type Planned } from "../plan/plan.ts";
import { OPS, type Op } from "../run/op.ts";
import { instantiate } from "../run/routine.ts";
import type { Level } from "../simd/level.ts";
import { repeatsFor, secondsPerCall } from "../simd/stopwatch.ts";
import { compileKernel } from "./compile.ts";
import { createMemory } from "./memory.ts";
import { optimise } from "./optimise.ts";
import { probe, type Probe } from "./probe.ts";

/** The tile that is fastest in this engine on this machine, for each layer. */
export type Choice = (placement: Placement) => Kernel;

/** Rounds over all trials, so that a slow moment does not hit one alone. */
const ROUNDS = 4;
/** By how much a tile must beat one that stands before it in the table: below it is noise. */
const MARGIN = 1.04;

/**
 * Measures the tiles of the table and chooses one per layer.
 *
 * Which tile wins depends on the engine's registers and on how deep the layer is, hardly on anything else. So
 * each op is measured on its shallowest and on its deepest layer, and every layer takes the winner of the
 * nearer one (in the logarithm of the depth). No choice changes a result: whatever the tile, each output
 * is summed in the same order.
 * @param meanwhile work for this thread while the engine optimises
 */
export async function chooseKernels(
  layers: readonly Layer[],
  threads: number,
  level: Level,
  meanwhile: () => void,
): Promise<Choice> {
  const candidates = (op: Op, rank: number) => {
    const kernels = kernelsFor(op, level);
    return at(kernels, Math.min(rank, kernels.length - 1));
  };
  const ranks = Math.max(...OPS.map((op) => kernelsFor(op, level).length));
  const plans = range(ranks).map((rank) =>
    createPlan(layers, threads, ({ layer }) => candidates(opOf(layer), rank)),
  );
  const shared = threads > 1;
  const memory = createMemory(Math.max(...plans.map(({ plan }) => plan.bytes)), shared);
  const trials = await Promise.all(
    OPS.flatMap((op) =>
      representatives(at(plans, 0), op).flatMap((step) =>
        contestants(op, level).map(async (kernel, rank) => {
          const planned = at(plans, rank);
          const { kernel: sized, placement } = at(planned.kernels, step);
          const compiled = await compileKernel(sized, placement, shared);
          const routine = instantiate(compiled.module, memory);
          const piece = probe(planned.plan, at(planned.plan.steps, step), routine);
          return { op, kernel, depth: at(planned.plan.steps, step).depth, compiled, piece };
        }),
      ),
    ),
  );
  await optimise(
    trials.map(({ compiled, piece }) => [compiled, piece] as const),
    { meanwhile, settle: level === "wide" },
  );
  const rates = trials.map(({ piece }) => rateOf(piece));
  for (const _ of range(ROUNDS)) for (const rate of rates) rate.sample();
  const measured = trials.map((trial, i) => ({ ...trial, rate: at(rates, i).best() }));

  return ({ layer }) => {
    const op = opOf(layer);
    const own = measured.filter((trial) => trial.op === op);
    if (own.length === 0) return candidates(op, 0);
    const distance = (depth: number) => Math.abs(Math.log(depth / depthOf(layer)));
    const nearest = Math.min(...own.map(({ depth }) => distance(depth)));
    const contest = own.filter(({ depth }) => distance(depth) === nearest);
    return contest.reduce((best, trial) => (trial.rate > MARGIN * best.rate ? trial : best)).kernel;
  };
}

/** The kernels to choose from; none where there is only one. */
function contestants(op: Op, level: Level) {
  const kernels = kernelsFor(op, level);
  return kernels.length > 1 ? kernels : [];
}

/** The steps of an op's shallowest and deepest layer. */
function representatives({ plan }: Planned, op: Op): number[] {
  const steps = [...plan.steps.entries()].filter(([, step]) => step.op === op);
  steps.sort(([, a], [, b]) => a.depth - b.depth);
  const ends = [steps[0], steps.at(-1)].flatMap((entry) => (entry ? [entry[0]] : []));
  return [...new Set(ends)];
}

/** Multiply-adds per second, the best of all samples: noise only ever slows down. */
function rateOf({ run, work }: Probe) {
  const repeats = repeatsFor(run);
  let fastest = Infinity;
  return {
    sample: () => void (fastest = Math.min(fastest, secondsPerCall(run, repeats))),
    best: () => work / fastest,
  };
}
