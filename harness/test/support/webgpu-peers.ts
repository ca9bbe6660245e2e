import { purpose } from "./purpose.ts";
import { checkLogits, expectLogits, type Actual } from "@mobilenet-bench/backend";
import { createModel, generateWeights, syntheticImage, type ModelConfig } from "@mobilenet-bench/spec";
import { expect } from "vitest";
import type { OpenRequest } from "../../src/runner/messages.ts";
import { chromeTarget } from "../../src/target/chrome/chrome.ts";
import type { Runner } from "../../src/target/target.ts";

/** The libraries' own WebGPU backends run in pages alone: so they are tested here and not in their packages. */
export const PEERS: readonly [backend: string, options: OpenRequest["options"]][] = [
  ["tfjs-webgpu", {}],
  ["ort-webgpu", {}],
  ["ort-webgpu", { capture: "off" }],
];
export const DEADLINE_MS = 120_000;
export const SMALL = { alpha: 0.1, resolution: 32, classes: 5 };

export const request = (
  backend: string,
  model: ModelConfig,
  options: OpenRequest["options"] = {},
): OpenRequest => ({
  backend,
  options,
  model,
  source: { seed: 1 },
});

export const openPeer = (backend: string, browser = {}): Promise<Runner> =>
  chromeTarget(browser).open(purpose(backend));

/** Says what a session of that peer says that computes on the GPU and nowhere else. */
export function expectOnGpu(backend: string, actual: Actual): void {
  expect(actual).toMatchObject({
    threads: 1,
    precision: "fp32",
    adapter: { class: expect.stringMatching(/^(software|integrated|discrete|unknown)$/) },
  });
  if (backend === "ort-webgpu") {
    expect(Object.keys(Object(actual["providers"]))).toEqual(["WebGpuExecutionProvider"]);
    expect(new Set(Object.values(Object(actual["nodes"])))).toEqual(new Set(["WebGpuExecutionProvider"]));
  } else expect(actual).toMatchObject({ engine: "webgpu", cpuForward: false });
}

/** Opens a session of the small model, whose first logits are within bounds. */
export async function openSmall(runner: Runner, backend: string, options: OpenRequest["options"]) {
  const opened = await runner.request("open", request(backend, SMALL, options), DEADLINE_MS);
  if (!opened.ok) return expect.fail(opened.failure.message);
  const model = createModel(SMALL);
  const expected = expectLogits(model, generateWeights(model, 1), syntheticImage(32, 1));
  expect(checkLogits(opened.value.logits, expected)).toMatchObject({ ok: true });
  return opened.value;
}
