import { checkLogits, expectLogits } from "@mobilenet-bench/backend";
import { modelOf } from "@mobilenet-bench/runner";
import { generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { firefoxTarget } from "../src/target/firefox/firefox.ts";
import { FIREFOX } from "./support/browser.ts";
import { purpose } from "./support/purpose.ts";

const MODEL = { name: "mobilenet_v1_0.25_32" };
const model = modelOf(MODEL);
const EXPECTED = expectLogits(model, generateWeights(model, 1), syntheticImage(32, 1));
const DEADLINE_MS = 20_000;

describe.skipIf(FIREFOX === undefined)("firefox target", () => {
  const target = firefoxTarget(FIREFOX === undefined ? {} : { path: FIREFOX });

  it.each(["ts", "wasm", "ort-wasm"])("runs two pages with %s beside each other", async (backend) => {
    const runners = [await target.open(purpose(backend, 1)), await target.open(purpose(backend, 1))];
    try {
      for (const runner of runners) {
        const request = { backend, options: {}, model: MODEL, source: { seed: 1 } };
        const reply = await runner.request("open", request, DEADLINE_MS);
        if (!reply.ok) return expect.fail(reply.failure.message);
        expect(checkLogits(reply.value.logits, EXPECTED).ok).toBe(true);
        expect(reply.value.actual["browser"]).toMatchObject({
          version: expect.stringMatching(/^firefox\/\d+/i),
          crossOriginIsolated: true,
          hidden: false,
        });
      }
      // Also the first one, behind the second: both can be seen.
      for (const runner of runners)
        expect(await runner.request("block", { inferences: 2, settle: 0 }, DEADLINE_MS)).toMatchObject({
          ok: true,
          value: { hidden: false },
        });
    } finally {
      for (const runner of runners) await runner.kill();
    }
  });

  it("ends a page that is late, and asks it no more", async () => {
    const runner = await target.open(purpose("reference"));
    const slow = {
      backend: "reference",
      options: {},
      model: { name: "mobilenet_v1_1.0_224" },
      source: { seed: 1 },
    };
    await expect(runner.request("open", slow, 300)).rejects.toMatchObject({ status: "hang" });
    await expect(runner.request("recheck", {}, DEADLINE_MS)).rejects.toMatchObject({
      name: "RunnerDied",
    });
  });
});
