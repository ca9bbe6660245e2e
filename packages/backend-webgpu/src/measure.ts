import type { Times } from "./choose.ts";
import type { Device } from "./device.ts";
import type { LayerWeights } from "./layer-weights.ts";
import { readsImage } from "./kernels/ops.ts";
import type { Memory } from "./memory.ts";
import type { Candidate, Group } from "./plan.ts";
import { bindStep, encodeStep, type Step } from "./program.ts";

/** Groups of fewer mult-adds take so little time that measuring costs more than the choice brings. */
const WORTH_MEASURING = 2_000_000;
/** The least of so many rounds counts: what else runs only ever adds time. */
const ROUNDS = 3;
/** Where one round takes that long, as in software, two must do. */
const LONG_MS = 20;
/** A round is about as long as this, so that submitting it hardly counts. */
const ROUND_MS = 2;
const MOST_REPEATS = 64;

/** What was measured in this process: sessions of the same shapes on the same adapter need not measure again. */
const measured = new Map<string, number>();

/**
 * Times every group with a choice. Candidates are the only work of the device meanwhile, and take their turns
 * within each round.
 * @param adapter names it
 */
export async function measureGroups(
  device: Device,
  memory: Memory,
  weights: LayerWeights,
  groups: readonly Group[],
  adapter: string,
): Promise<readonly Times[]> {
  const contested = groups.map(isContested);
  // All at once, so that every core compiles; nothing must compile while something is timed.
  const wanted = groups.flatMap(({ candidates }, i) => (contested[i] ? candidates.flat() : []));
  await Promise.all(wanted.map(({ kernel }) => device.pipeline(kernel)));
  const times: Times[] = [];
  for (const [i, { candidates }] of groups.entries())
    times.push(
      contested[i] ? await measureCandidates(device, memory, weights, candidates, adapter) : undefined,
    );
  return times;
}

function isContested({ layers, candidates }: Group): boolean {
  const multAdds = layers.reduce((sum, layer) => sum + layer.multAdds, 0);
  return candidates.length > 1 && multAdds >= WORTH_MEASURING;
}

async function measureCandidates(
  device: Device,
  memory: Memory,
  weights: LayerWeights,
  candidates: readonly Candidate[],
  adapter: string,
): Promise<readonly number[]> {
  const keys = candidates.map((candidate) =>
    [adapter, ...candidate.map(({ kernel }) => `${kernel.name}\n${kernel.wgsl}`)].join("\n"),
  );
  if (keys.every((key) => measured.has(key))) return keys.map((key) => measured.get(key)!);
  const bound = await Promise.all(candidates.map((candidate) => bind(device, memory, weights, candidate)));
  const least = candidates.map(() => Infinity);
  let repeats = 1;
  for (let round = 0; round < (Math.min(...least) > LONG_MS && round > 0 ? 2 : ROUNDS); round++) {
    for (const [i, steps] of bound.entries())
      least[i] = Math.min(least[i]!, await time(device, steps, repeats));
    repeats = Math.min(MOST_REPEATS, Math.max(1, Math.round(ROUND_MS / Math.min(...least))));
  }
  for (const [i, key] of keys.entries()) measured.set(key, least[i]!);
  return least;
}

/** Reads and writes whatever lies in the buffers: time does not depend on values. */
async function bind(device: Device, memory: Memory, weights: LayerWeights, candidate: Candidate) {
  const [even, odd] = memory.activations;
  const steps: Step[] = [];
  for (const [i, dispatch] of candidate.entries()) {
    const first = dispatch.layers[0] && readsImage(dispatch.layers[0]) ? memory.image : even;
    steps.push(
      await bindStep(device, memory, weights, dispatch, i % 2 === 0 ? first : odd, i % 2 === 0 ? odd : even),
    );
  }
  return steps;
}

/** Milliseconds of one repetition. */
async function time(device: Device, steps: readonly Step[], repeats: number): Promise<number> {
  const { gpu } = device;
  const encoder = gpu.createCommandEncoder();
  const pass = encoder.beginComputePass();
  for (let i = 0; i < repeats; i++) for (const step of steps) encodeStep(pass, step);
  pass.end();
  const commands = encoder.finish();
  const start = performance.now();
  gpu.queue.submit([commands]);
  await gpu.queue.onSubmittedWorkDone();
  return (performance.now() - start) / repeats;
}
