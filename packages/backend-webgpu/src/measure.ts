import type { Times } from "./choose.ts";
import type { Device } from "./device.ts";
import type { LayerWeights } from "./layer-weights.ts";
import { readsImage } from "./kernels/ops.ts";
import type { Memory } from "./memory.ts";
import type { Candidate, Group } from "./plan.ts";
import { bindStep, encodeStep, type Step } from "./program.ts";

/** The least of so many rounds counts: what else runs only ever adds time. */
const ROUNDS = 3;
/** Where an inference takes so long, as in software. */
const LONG_MS = 20;
const FEWER_ROUNDS = 2;
/** A round is about as long as this, so that submitting it hardly counts. */
const ROUND_MS = 2;
const MOST_REPEATS = 64;

/** Milliseconds by adapter and shaders, for as long as the process lives: sessions of the same shapes on the same adapter need not measure again. */
const measured = new Map<string, number>();

/**
 * Times every group with a choice. Candidates are the only work of the device meanwhile, and take their turns
 * within each round.
 * @param adapter names it, @param worthMultAdds groups of fewer are left to the first guess
 */
export async function measureGroups(
  device: Device,
  memory: Memory,
  weights: LayerWeights,
  groups: readonly Group[],
  adapter: string,
  worthMultAdds: number,
): Promise<readonly Times[]> {
  const key = (candidate: Candidate) => [adapter, ...candidate.map(({ kernel }) => kernel.wgsl)].join("\n");
  const isContested = ({ layers, candidates }: Group) =>
    candidates.length > 1 && layers.reduce((sum, layer) => sum + layer.multAdds, 0) >= worthMultAdds;
  const contested = groups.filter(isContested);
  const fresh = contested.filter(({ candidates }) => !candidates.every((one) => measured.has(key(one))));
  // All at once, so that every core compiles; nothing must compile while something is timed.
  const kernels = fresh.flatMap(({ candidates }) => candidates.flat().map(({ kernel }) => kernel));
  await Promise.all(kernels.map((kernel) => device.pipeline(kernel)));
  for (const { candidates } of fresh) {
    if (candidates.every((one) => measured.has(key(one)))) continue; // Layers of the same shape came before.
    const bound = await Promise.all(candidates.map((one) => bind(device, memory, weights, one)));
    const times = await measureCandidates(device, bound);
    for (const [i, one] of candidates.entries()) measured.set(key(one), times[i]!);
  }
  return groups.map((group) =>
    isContested(group) ? group.candidates.map((one) => measured.get(key(one))!) : undefined,
  );
}

async function measureCandidates(
  device: Device,
  candidates: readonly (readonly Step[])[],
): Promise<readonly number[]> {
  const least = candidates.map(() => Infinity);
  let repeats = 1;
  let rounds = ROUNDS;
  for (let round = 0; round < rounds; round++) {
    for (const [i, steps] of candidates.entries())
      least[i] = Math.min(least[i]!, await time(device, steps, repeats));
    repeats = Math.min(MOST_REPEATS, Math.max(1, Math.round(ROUND_MS / Math.min(...least))));
    if (Math.min(...least) > LONG_MS) rounds = FEWER_ROUNDS;
  }
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
