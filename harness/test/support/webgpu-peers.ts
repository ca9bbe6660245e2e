import { checkLogits, expectLogits, type Actual } from "@mobilenet-bench/backend";
import { modelOf, type NamedModel, type OpenRequest } from "@mobilenet-bench/runner";
import { generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { expect } from "vitest";
import { chromeTarget } from "../../src/target/chrome/chrome.ts";
import type { Runner } from "../../src/target/target.ts";
import { purpose } from "./purpose.ts";

/** The libraries' own WebGPU backends run in pages alone: so they are tested here and not in their packages. */
export const PEERS: readonly [backend: string, options: OpenRequest["options"]][] = [
  ["tfjs-webgpu", {}],
  ["ort-webgpu", {}],
  ["ort-webgpu", { capture: "off" }],
];
export const DEADLINE_MS = 120_000;
export const SMALL: NamedModel = { name: "mobilenet_v1_0.1_32", classes: 5 };

export const request = (
  backend: string,
  model: NamedModel,
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
  const model = modelOf(SMALL);
  const expected = expectLogits(model, generateWeights(model, 1), syntheticImage(32, 1));
  expect(checkLogits(opened.value.logits, expected)).toMatchObject({ ok: true });
  return opened.value;
}
