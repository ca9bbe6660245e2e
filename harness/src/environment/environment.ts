import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import si, { type Systeminformation } from "systeminformation";
import type { Environment } from "@mobilenet-bench/results";
import { sourceCommit } from "./commit.ts";
import { captureState } from "./state/capture-state.ts";

/** Processor features that decide how fast kernels can be; the rest of the list only fills pages. */
const FEATURES = /^(sse4_[12]|avx|avx2|fma|avx512\w*|avx_vnni|f16c|asimd|neon|i8mm|bf16|sve2?)$/;

/** Everything that could explain a number, as it is now. @param folder the root of the sources whose commit is told */
export async function captureEnvironment(folder: string): Promise<Environment> {
  const [cpu, memory, os, system, flags, commit, before] = await Promise.all([
    si.cpu(),
    si.mem(),
    si.osInfo(),
    si.system(),
    si.cpuFlags(),
    sourceCommit(folder),
    captureState(null),
  ]);
  const features = featuresIn(flags);
  return {
    machine: idOf(cpu, memory, features),
    cpu: {
      model: `${cpu.manufacturer} ${cpu.brand}`.trim(),
      cores: cpu.cores,
      physicalCores: cpu.physicalCores,
      availableCores: availableParallelism(),
      speedGHz: cpu.speed > 0 ? cpu.speed : null,
      features,
      l2CacheBytes: cacheBytes(cpu.cache.l2),
      l3CacheBytes: cacheBytes(cpu.cache.l3),
    },
    memoryBytes: memory.total,
    virtualization: system.virtual ? (system.virtualHost ?? "unknown") || "unknown" : null,
    os: {
      platform: process.platform,
      name: `${os.distro} ${os.release}`.trim(),
      release: os.kernel,
      arch: os.arch,
    },
    runtime: { node: process.versions.node, v8: process.versions.v8 },
    ...commit,
    before,
  };
}

/** The machine alone, as an environment has it: what runs of it are found by. */
export async function machineId(): Promise<string> {
  const [cpu, memory, flags] = await Promise.all([si.cpu(), si.mem(), si.cpuFlags()]);
  return idOf(cpu, memory, featuresIn(flags));
}

function idOf(
  { manufacturer, brand, family, model, cores }: Systeminformation.CpuData,
  { total }: Systeminformation.MemData,
  features: readonly string[],
): string {
  const hardware = [manufacturer, brand, family, model, cores, total, features];
  return createHash("sha256").update(JSON.stringify(hardware)).digest("hex").slice(0, 12);
}

function featuresIn(flags: string): string[] {
  return flags.split(/\s+/).filter((flag) => FEATURES.test(flag));
}

function cacheBytes(bytes: number | null | undefined): number | null {
  return typeof bytes === "number" && bytes > 0 ? bytes : null;
}
