import { openAdapter } from "#platform";
import {
  adapterLine,
  describeAdapter,
  layersFor,
  resolveOptions,
  UnsupportedError,
  type Actual,
  type TypedBackend,
  type OptionsOf,
  type OptionSpecs,
} from "@mobilenet-bench/backend";
import { computedLayers, foldBatchNorm, type Model, type Weights } from "@mobilenet-bench/spec";
import { COMPUTES } from "./computes.ts";
import { affordable, choose, type Times } from "./choose.ts";
import { Device } from "./device.ts";
import type { Storage } from "./kernels/kernel.ts";
import { TILE_SETS } from "./kernels/table.ts";
import { LayerWeights } from "./layer-weights.ts";
import { measureGroups } from "./measure.ts";
import { Memory } from "./memory.ts";
import { groupName, planGroups, type Candidate, type Group } from "./plan.ts";
import type { OpenedAdapter } from "./platform/platform.ts";
import { bindChain } from "./program.ts";
import { WebGpuSession } from "./session.ts";
import { timestampStepNs } from "./timestamps.ts";

const OPTIONS = {
  precision: {
    description: "of weights and activations in memory; arithmetic is float32",
    default: "fp32",
    values: ["fp32", "fp16"],
  },
} as const satisfies OptionSpecs;
export type WebgpuOptions = OptionsOf<typeof OPTIONS>;

/** WebGPU compute shaders in generated WGSL: on Dawn in Node, on the browser's own in pages and workers. */
export const webgpu: TypedBackend<typeof OPTIONS> = {
  id: "webgpu",
  summary: "WGSL generated per layer, depthwise fused with pointwise; Dawn in Node, any WebGPU in browsers",
  platforms: ["node", "browser"],
  options: OPTIONS,

  async availability() {
    const opened = await openAdapter();
    if (!("adapter" in opened)) return { available: false, ...opened };
    const adapter = describeAdapter(opened.adapter.info);
    return { available: true, detail: adapterLine(adapter), software: adapter.class === "software" };
  },

  async prepare() {
    await openAdapter();
  },

  async load(model, weights, options) {
    const storage = resolveOptions(webgpu, options).precision === "fp16" ? "f16" : "f32";
    layersFor(webgpu.id, model, COMPUTES);
    const opened = await openAdapter();
    if (!("adapter" in opened)) throw refuse(opened.reason, opened.remedy);
    const { adapter } = opened;
    if (storage === "f16" && !adapter.features.has("shader-f16"))
      throw refuse(
        `The adapter (${adapterLine(describeAdapter(adapter.info))}) has no shader-f16.`,
        "Use precision=fp32.",
      );
    const device = await Device.open(opened, featuresOf(adapter, storage));
    try {
      return await device.guard(() => loadOn(device, model, weights, storage));
    } catch (error) {
      device.destroy();
      throw error;
    }
  },
};

/** What the adapter has of what is of use here. */
function featuresOf({ features, info }: GPUAdapter, storage: Storage): readonly GPUFeatureName[] {
  const wanted: GPUFeatureName[] = ["timestamp-query"];
  if (storage === "f16") wanted.push("shader-f16");
  // Quads are used on software adapters alone, whose subgroups are those of a CPU's vectors.
  if (describeAdapter(info).class === "software") wanted.push("subgroups");
  return wanted.filter((feature) => features.has(feature));
}

async function loadOn(device: Device, model: Model, weights: Weights, storage: Storage) {
  const adapter = describeAdapter(device.opened.adapter.info);
  const software = device.has("subgroups") ? "quads" : "software";
  const tiles = TILE_SETS[adapter.class === "software" ? software : "hardware"];
  const groups = affordable(planGroups(model, tiles, storage));
  const all = groups.flatMap(({ candidates }) => candidates.flat());
  const folded = foldBatchNorm(model, weights);
  const layerWeights = new LayerWeights(device, computedLayers(model), folded, storage);
  const memory = new Memory(device, model, all, storage);
  const times = await measureGroups(
    device,
    memory,
    layerWeights,
    groups,
    adapterLine(adapter),
    tiles.worthMultAdds,
  );
  const chosen = choose(groups, times);
  const steps = await bindChain(device, memory, layerWeights, chosen.flat());
  const actual: Actual = {
    threads: 1,
    precision: storage === "f16" ? "fp16" : "fp32",
    arithmetic: "fp32",
    adapter,
    ...platformOf(device.opened),
    ...(device.has("timestamp-query") && { timestampStepNs: await timestampStepNs(device) }),
    dispatches: steps.length,
    kernels: Object.fromEntries(groups.map((group, i) => [groupName(group), candidateName(chosen[i]!)])),
    measured: describeTimes(groups, times),
  };
  return new WebGpuSession({ device, model, storage, tiles, weights: layerWeights, memory, steps }, actual);
}

function platformOf({ implementation, api, softwareDriver }: OpenedAdapter) {
  return {
    implementation,
    ...(api !== undefined && { api }),
    ...(softwareDriver !== undefined && { softwareDriver }),
  };
}

/** Milliseconds of every candidate that was measured when the model was loaded, by group. */
function describeTimes(groups: readonly Group[], times: readonly Times[]) {
  return Object.fromEntries(
    groups.flatMap((group, i) => {
      const ms = times[i];
      if (!ms) return [];
      const byName = group.candidates.map((candidate, c) => [candidateName(candidate), ms[c]!] as const);
      return [[groupName(group), Object.fromEntries(byName)]];
    }),
  );
}

function candidateName(candidate: Candidate): string {
  return candidate.map(({ kernel }) => kernel.name).join(" + ");
}

function refuse(reason: string, remedy: string): UnsupportedError {
  return new UnsupportedError(`backend-${webgpu.id}`, reason, remedy);
}
