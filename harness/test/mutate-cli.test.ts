import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { describe, expect, it } from "vitest";
import { webgpu } from "@mobilenet-bench/backend-webgpu";

const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
/** Checks of a machine that has other work, too. */
const PATIENCE_MS = 300_000;

function mutate(...words: string[]) {
  return execaNode(MAIN, ["mutate", ...words], {
    reject: false,
    nodePath: process.execPath,
    nodeOptions: [],
  });
}

/** A few of each group, chosen for the ways in which they come in: all of them are tried by mnb mutate itself. */
const SAMPLE = {
  ts: ["ts/thread-slice", "ts/wrong-place", "ts/stale-layer", "ts/one-transposed"],
  wasm: ["wasm/thread-seam", "wasm/fused-band", "wasm/last-classes", "wasm/one-stride"],
  check: ["check/inverted", "check/layers-ignored", "check/exit-status"],
};

describe("mnb mutate", () => {
  it.each(Object.entries(SAMPLE))(
    "has faults of %s caught",
    async (_, ids) => {
      const { stdout, exitCode, stderr } = await mutate("--fault", ids.join(","), "--json");
      const { faults, caught } = JSON.parse(stdout);
      expect(
        faults.map(({ id, outcome }: { id: string; outcome: string }) => `${id} ${outcome}`).toSorted(),
      ).toEqual(ids.map((id) => `${id} caught`).toSorted());
      expect(caught).toBe(ids.length);
      expect(exitCode).toBe(0);
      expect(stderr).toContain(`[${ids.length}/${ids.length}]`);
    },
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

  it("refuses filters that nothing fits, and counts that are none", async () => {
    const { exitCode, stderr } = await mutate("--fault", "ts/none");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^No fault fits all filters\. /);
    expect((await mutate("--jobs", "two")).exitCode).toBe(2);
  });
});
