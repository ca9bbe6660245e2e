import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { UnsupportedError, type Backend, type Options } from "@mobilenet-bench/backend";
import { ortNode, ortWasm, ortWebgpu } from "@mobilenet-bench/backend-ort";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";

const model = createModel({ alpha: 0.1, resolution: 32, classes: 3 });
const weights = generateWeights(model);

describe("ort-node", () => {
  const ELSEWHERE = process.platform === "darwin" ? "dml" : "coreml";

  test("refuses a provider that the library does not have here", async () => {
    const refused = load(ortNode, { provider: ELSEWHERE });
    await expect(refused).rejects.toBeInstanceOf(UnsupportedError);
    await expect(refused).rejects.toThrow(`has no provider ${ELSEWHERE} on ${process.platform}`);
  });

  test("refuses a provider that it has but cannot start", async ({ skip }) => {
    const { listSupportedBackends } = await import("onnxruntime-node");
    const provider = ["cuda", "dml", "coreml"].find((name) =>
      listSupportedBackends().some((backend) => backend.name === name && !backend.bundled),
    );
    if (!provider) skip("This build of onnxruntime-node has no provider whose libraries come separately.");
    const outcome = await load(ortNode, { provider: provider ?? "" }).catch((error: unknown) => error);
    // Where a GPU is there the provider starts: then it is proven, not refused.
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UnsupportedError);
    else expect(outcome).toMatchObject({ providers: { CUDAExecutionProvider: expect.any(Number) } });
  });

  test("reports provider, threads, spinning and versions", async () => {
    const actual = await load(ortNode, { threads: 3, spinning: "off" });
    expect(actual).toMatchObject({
      threads: 3,
      spinning: "off",
      library: expect.stringMatching(/^onnxruntime-node \d+\.\d+\.\d+$/),
      providers: { CPUExecutionProvider: expect.any(Number) },
      sessionOptions: {
        executionProviders: ["cpu"],
        graphOptimizationLevel: "all",
        extra: { "session.intra_op.allow_spinning": "0" },
      },
    });
  });

  test("prints nothing on standard output", { timeout: 60_000 }, () => {
    const { stdout, stderr, status } = inProcess(ortNode, 2);
    expect({ stdout, stderr, status }).toEqual({ stdout: "", stderr: "", status: 0 });
  });
});

describe("ort-wasm", () => {
  test("refuses a second number of threads in one process, and still computes with the first", async () => {
    const session = await ortWasm.load(model, weights, { threads: 1 });
    const refused = load(ortWasm, { threads: 2 });
    await expect(refused).rejects.toBeInstanceOf(UnsupportedError);
    await expect(refused).rejects.toThrow("threads=1 in this process already");
    expect(await session.infer(syntheticImage(32))).toHaveLength(3);
    await session.dispose();
    expect(await load(ortWasm, { threads: 1 })).toMatchObject({
      threads: 1,
      bundle: "ort.node.min.mjs",
      wasm: "ort-wasm-simd-threaded.wasm",
      providers: { CPUExecutionProvider: expect.any(Number) },
    });
  });

  test(
    "prints nothing on standard output, though the library prints its profiles there",
    { timeout: 60_000 },
    () => {
      const { stdout, stderr, status } = inProcess(ortWasm, 2);
      expect({ stdout, stderr, status }).toEqual({ stdout: "", stderr: "", status: 0 });
    },
  );
});

describe("ort-webgpu", () => {
  test("refuses Node, which has no WebGPU, before it loads the library", async () => {
    expect(await ortWebgpu.availability()).toMatchObject({ available: false });
    const refused = load(ortWebgpu, {});
    await expect(refused).rejects.toBeInstanceOf(UnsupportedError);
    await expect(refused).rejects.toThrow("no WebGPU here");
  });
});

/** What really ran. */
async function load(backend: Backend, options: Options) {
  const session = await backend.load(model, weights, options);
  await session.dispose();
  return session.actual;
}

/** `support/quiet.ts` in a process of its own. */
function inProcess(backend: Backend, threads: number) {
  const script = fileURLToPath(new URL("./support/quiet.ts", import.meta.url));
  return spawnSync(process.execPath, [script, backend.id, String(threads)], { encoding: "utf8" });
}
