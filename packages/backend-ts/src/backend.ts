import { resolveOptions, THREADS, type Backend } from "@mobilenet-bench/backend";
import { foldBatchNorm } from "@mobilenet-bench/spec";
import { createProgram } from "./program.ts";
import { TsSession } from "./session.ts";
import { soloTeam } from "./team.ts";

/** Pure TypeScript: no WebAssembly, no native code, nothing to install. */
export const ts: Backend = {
  id: "ts",
  summary: "pure TypeScript, packed float64 panels; threads by workers over shared memory",
  platforms: ["node", "browser"],
  options: { threads: THREADS },
  async availability() {
    return { available: true };
  },
  async load(model, weights, options) {
    const { threads } = resolveOptions(ts, options);
    const folded = foldBatchNorm(model, weights);
    const program = createProgram(model, folded, (length) => new Float32Array(length));
    return new TsSession(program, soloTeam(program), { threads: Number(threads), precision: "fp32" });
  },
};
