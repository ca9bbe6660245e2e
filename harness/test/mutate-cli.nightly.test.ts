import { describe, expect, it } from "vitest";
import { webgpu } from "@mobilenet-bench/backend-webgpu";
import { expectCaught, mutate, PATIENCE_MS } from "./support/mutate-cli.ts";

/** A few of each group, chosen for the ways in which they come in: all of them are tried by mnb mutate itself. */
const SAMPLE = {
  ts: ["ts/thread-slice", "ts/wrong-place", "ts/stale-layer", "ts/one-transposed"],
  wasm: ["wasm/thread-seam", "wasm/fused-band", "wasm/last-classes", "wasm/one-stride"],
  check: ["check/inverted", "check/layers-ignored", "check/exit-status"],
};

describe("mnb mutate", () => {
  it.each(Object.entries(SAMPLE))(
    "has faults of %s caught",
    async (_, ids) => expectCaught(ids),
    PATIENCE_MS,
  );

  it(
    "has faults of webgpu caught, or says why none can be tried",
    async () => {
      const ids = ["webgpu/last-pixel-fused", "webgpu/stale-image"];
      const availability = await webgpu.availability();
      const { stdout, exitCode } = await mutate("--backend", "webgpu", "--fault", ids.join(","));
      expect(exitCode).toBe(0);
      if (availability.available) expect(stdout).toMatch(/2 faults: 2 caught\./);
      else {
        expect(stdout).toMatch(/2 faults: 2 unsupported\./);
        expect(stdout.replaceAll(/\s+/g, " ")).toContain(availability.reason.replaceAll(/\s+/g, " "));
      }
    },
    PATIENCE_MS,
  );
});
