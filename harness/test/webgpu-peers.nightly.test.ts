import { checkLogits } from "@mobilenet-bench/backend";
import { modelOf, type NamedModel } from "@mobilenet-bench/runner";
import { computedLayers } from "@mobilenet-bench/spec";
import { afterAll, describe, expect, it } from "vitest";
import type { Runner } from "../src/target/target.ts";
import { BROWSER } from "./support/browser.ts";
import { timedExpected, warmUpRequest } from "./support/warm-up-request.ts";
import {
  DEADLINE_MS,
  expectOnGpu,
  openPeer,
  openSmall,
  PEERS,
  request,
  SMALL,
} from "./support/webgpu-peers.ts";

const MODELS: readonly NamedModel[] = [
  { name: "mobilenet_v1_0.25_64" },
  { name: "mobilenet_v1_0.1_33_conv", classes: 7 },
  { name: "mobilenet_v1_0.35_40_shallow", classes: 10 },
];

describe.skipIf(BROWSER === undefined).each(PEERS)("%s with %o in Chrome", (backend, options) => {
  let page: Promise<Runner> | undefined;
  const sharedPage = () => (page ??= openPeer(backend));
  afterAll(async () => (await page)?.kill());

  it.each(MODELS)(
    "computes every layer of %o within bounds, on the GPU",
    { timeout: DEADLINE_MS },
    async (model) => {
      const runner = await sharedPage();
      const reply = await runner.request("check", request(backend, model, options), DEADLINE_MS);
      if (!reply.ok) return expect.fail(reply.failure.message);
      const { actual, logits, layers } = reply.value;
      expect(logits).toMatchObject({ ok: true, top1: { agrees: true } });
      expect(layers).toMatchObject({ ok: true });
      expectOnGpu(backend, actual);
    },
  );

  it(
    "infers again and again the same logits, and tells the time of each layer",
    { timeout: DEADLINE_MS },
    async () => {
      const runner = await sharedPage();
      const opened = await openSmall(runner, backend, options);
      await runner.request("warmUp", warmUpRequest(SMALL), DEADLINE_MS);
      const block = await runner.request("block", { inferences: 3, settle: 1 }, DEADLINE_MS);
      if (!block.ok) return expect.fail(block.failure.message);
      const { worst } = block.value;
      expect(checkLogits(worst.logits, timedExpected(SMALL)[worst.image]!)).toMatchObject({ ok: true });
      expect(await runner.request("recheck", {}, DEADLINE_MS)).toMatchObject({
        ok: true,
        value: { logits: opened.logits },
      });
      const model = modelOf(SMALL);
      const timed = await runner.request("layers", {}, DEADLINE_MS);
      if (!timed.ok) return expect.fail(timed.failure.message);
      const times = timed.value.ms ?? [];
      expect(times.flatMap(([names]) => names.split("+"))).toEqual(
        computedLayers(model).map(({ name }) => name),
      );
      for (const [, ms] of times) expect(ms).toBeGreaterThanOrEqual(0);
      expect(await runner.request("close", {}, DEADLINE_MS)).toMatchObject({ ok: true });
    },
  );

  it("refuses a page without an adapter, and computes nothing elsewhere", async () => {
    const runner = await openPeer(backend, { args: ["--disable-gpu", "--disable-software-rasterizer"] });
    try {
      const reply = await runner.request("open", request(backend, SMALL, options), DEADLINE_MS);
      expect(reply).toMatchObject({
        ok: false,
        failure: { kind: "unsupported", message: expect.stringContaining("no adapter for WebGPU") },
      });
    } finally {
      await runner.kill();
    }
  });
});
