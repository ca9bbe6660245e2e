import { describe, expect, test } from "vitest";
import type { Layer } from "@mobilenet-bench/spec";
import { createModel } from "@mobilenet-bench/spec";
import { lastInference, layerTimes } from "../src/layer-times.ts";
import { assertAsAsked } from "../src/load-proven.ts";
import {
  countProviders,
  countThreads,
  parseDeviceTimes,
  parseProfile,
  type NodeRun,
} from "../src/profile.ts";

const CPU = "CPUExecutionProvider";
const event = (name: string, args: object) => ({ cat: "Node", ph: "X", dur: 1500, ts: 1, name, args });
const PROFILE = JSON.stringify([
  { cat: "Session", name: "model_run", dur: 9, args: {} },
  event("Conv2d_0_nchwc_kernel_time", {
    op_name: "Conv",
    provider: CPU,
    thread_scheduling_stats: { main_thread: {}, sub_threads: { 11: {}, 12: {} } },
  }),
  event("Logits_kernel_time", {
    op_name: "Gemm",
    provider: "CUDAExecutionProvider",
    thread_scheduling_stats: "",
  }),
]);

describe("parseProfile", () => {
  test("reads name, operator, provider, time and threads of the nodes, and nothing else", () => {
    const nodes = parseProfile(PROFILE);
    expect(nodes).toEqual([
      { name: "Conv2d_0_nchwc", operator: "Conv", provider: CPU, microseconds: 1500, threads: 3 },
      { name: "Logits", operator: "Gemm", provider: "CUDAExecutionProvider", microseconds: 1500, threads: 1 },
    ]);
    expect(countProviders(nodes)).toEqual({ [CPU]: 1, CUDAExecutionProvider: 1 });
    expect(countThreads(nodes)).toBe(3);
  });

  test("tells what a GPU ran from what prepared it", () => {
    const device = { cat: "Api", pid: -1, dur: 290, ts: 1, name: "Conv2d_0_token_1&Conv&Conv2dMM", args: {} };
    const call = { ...device, name: "cudaLaunchKernel" };
    const prepared = event("Conv2d_0_token_1_kernel_time", { op_name: "Conv", provider: "WebGpu" });
    const text = JSON.stringify([prepared, device, call]);
    expect(parseDeviceTimes(text)).toEqual([{ name: "Conv2d_0_token_1", microseconds: 290 }]);
    expect(parseProfile(text)).toMatchObject([{ name: "Conv2d_0_token_1", provider: "WebGpu" }]);
    expect(parseDeviceTimes(PROFILE)).toEqual([]);
  });

  test("refuses what is no profile", () => {
    expect(() => parseProfile("{}")).toThrow(/no list of events/);
    expect(() => parseProfile("")).toThrow(SyntaxError);
  });
});

describe("assertAsAsked", () => {
  const asked = { backend: "ort-test", provider: CPU, threads: 2, remedy: "Use another." };

  test("lets pass what ran as asked", () => {
    expect(() => assertAsAsked(asked, [node("a", 1), node("b", 2)])).not.toThrow();
  });

  test("names the node that ran elsewhere", () => {
    const stray = { ...node("b", 2), provider: "WebGpuExecutionProvider" };
    expect(() => assertAsAsked(asked, [node("a", 2), stray])).toThrow(
      "1 of 2 nodes ran not on CPUExecutionProvider: b on WebGpuExecutionProvider.",
    );
  });

  test("refuses fewer threads, more threads, and a profile without nodes", () => {
    expect(() => assertAsAsked(asked, [node("a", 1)])).toThrow("with 1 threads in place of 2");
    expect(() => assertAsAsked(asked, [node("a", 3)])).toThrow("with 3 threads in place of 2");
    expect(() => assertAsAsked(asked, [])).toThrow("nothing is proven");
  });
});

describe("layerTimes", () => {
  const layers: readonly Layer[] = createModel({ alpha: 1, resolution: 32, conv: true }).layers.slice(0, 3);

  test("counts what the optimizer inserted towards the layer before, and the first transposition", () => {
    const names = [
      "input/transpose",
      "Conv2d_0_nchwc",
      "ReorderOutput",
      "Conv2d_1",
      "Conv2d_2/relu6",
      "Conv2d_2",
    ];
    const times = layerTimes(
      layers,
      names.map((name) => node(name)),
    );
    expect([...times]).toEqual([
      ["Conv2d_0", 3],
      ["Conv2d_1", 1],
      ["Conv2d_2", 2],
    ]);
  });

  test("finds the last inference, whatever the first ones did besides", () => {
    const nodes = ["Conv2d_0", "weights", "Conv2d_1", "Conv2d_0", "Conv2d_0/relu6", "Conv2d_1"].map((name) =>
      node(name),
    );
    expect(lastInference(layers, nodes)).toEqual(nodes.slice(3));
  });

  test("knows what layouts and optimizers append to names", () => {
    const names = ["Conv2d_0_token_1", "Conv2d_1_token_6", "Transpose_token_134", "Conv2d_2_nchwc"];
    const times = layerTimes(
      layers,
      names.map((name) => node(name)),
    );
    expect([...times.values()]).toEqual([1, 2, 1]);
  });

  test("groups a layer without a node with the one before it", () => {
    const times = layerTimes(layers, [node("Conv2d_0"), node("Conv2d_2")]);
    expect([...times]).toEqual([
      ["Conv2d_0+Conv2d_1", 1],
      ["Conv2d_2", 1],
    ]);
  });

  test("does not take Conv2d_10 for Conv2d_1", () => {
    const times = layerTimes(layers, [
      node("Conv2d_0"),
      node("Conv2d_10"),
      node("Conv2d_1"),
      node("Conv2d_2"),
    ]);
    expect(times.get("Conv2d_1")).toBe(1);
  });
});

function node(name: string, threads = 1): NodeRun {
  return { name, operator: "Conv", provider: CPU, microseconds: 1000, threads };
}
