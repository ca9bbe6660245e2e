import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { MIB } from "@mobilenet-bench/pack";
import { mnb } from "./support/mnb.ts";

it.runIf(process.platform === "linux" && process.arch === "x64")(
  "mnb pack makes an archive of no more than 60 MiB, and tells its size and what it holds",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "mnb-pack-"));
    const archive = join(folder, "pack.tar.gz");
    try {
      const { stdout, stderr } = await mnb(["pack", "--backend", "ts", "--output", archive, "--json"]);
      expect(stderr).toMatch(/^runtime: \d/m);
      const { size } = await stat(archive);
      expect(JSON.parse(stdout)).toMatchObject({
        path: archive,
        bytes: size,
        backends: ["reference", "ts", "wasm"],
      });
      expect(size).toBeLessThan(60 * MIB);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  180_000,
);
