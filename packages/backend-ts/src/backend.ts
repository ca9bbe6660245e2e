import {
  layersFor,
  resolveOptions,
  THREADS,
  UnsupportedError,
  type TypedBackend,
  type OptionsOf,
} from "@mobilenet-bench/backend";
import { foldBatchNorm } from "@mobilenet-bench/spec";
import { COMPUTES } from "./computes.ts";
import { executedMultAdds } from "./executed.ts";
import { KERNEL_NAMES } from "./kernels/names.ts";
import { createProgram } from "./program.ts";
import { TsSession } from "./session.ts";
import { soloTeam } from "./team.ts";
import { WorkerTeam } from "./worker-team.ts";

const OPTIONS = { threads: THREADS };
export type TsOptions = OptionsOf<typeof OPTIONS>;

/** Pure TypeScript: no WebAssembly, no native code, nothing to install. */
export const ts: TypedBackend<typeof OPTIONS> = {
  id: "ts",
  summary: "pure TypeScript: float32 storage, float64 arithmetic, threads by workers",
  platforms: ["node", "browser"],
  options: OPTIONS,

  async availability() {
    return { available: true };
  },

  async load(model, weights, options) {
    const { threads } = resolveOptions(ts, options);
    const layers = layersFor(ts.id, model, COMPUTES);
    if (threads > 1) requireSharedMemory();
    const folded = foldBatchNorm(model, weights);
    const program = createProgram(layers, folded, threads > 1 ? allocateShared : allocateOwn);
    const team = threads > 1 ? await WorkerTeam.start(program, threads) : soloTeam(program);
    return new TsSession(program, team, {
      threads,
      precision: "fp32",
      arithmetic: "fp64",
      executedMultAdds: executedMultAdds(layers),
      kernels: KERNEL_NAMES,
    });
  },
};

function allocateOwn(length: number): Float32Array {
  return new Float32Array(length);
}

function allocateShared(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
}

/** Pages have shared memory only where they are isolated from other origins; elsewhere there is no such flag. */
function requireSharedMemory() {
  if (typeof SharedArrayBuffer === "undefined" || globalThis.crossOriginIsolated === false)
    throw new UnsupportedError(
      "backend-ts",
      "More than one thread needs SharedArrayBuffer, which this page does not have.",
      "Serve it with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, or use threads=1.",
    );
}
