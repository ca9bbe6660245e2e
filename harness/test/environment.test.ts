import { join } from "node:path";
import { environmentSchema } from "@mobilenet-bench/results";
import { expect, it } from "vitest";
import { sourceCommit } from "../src/environment/commit.ts";
import { captureEnvironment } from "../src/environment/environment.ts";
import { parseCpuTicks, stealShare } from "../src/environment/steal.ts";
import { projectFolder } from "../src/folders.ts";
import { tinyRepository, writeFiles } from "./support/tiny-repository.ts";

it("reads processor time as proc(5) writes it", () => {
  const text = "cpu  100 5 50 800 10 1 4 30 7 0\ncpu0 50 2 25 400 5 0 2 15 3 0\nintr 1\n";
  expect(parseCpuTicks(text)).toEqual({ total: 1000, steal: 30 });
  expect(parseCpuTicks("nothing of the kind")).toBeNull();
  expect(parseCpuTicks("cpu 1 2 3")).toBeNull();
});

it("tells steal as a share, and not where it cannot", () => {
  expect(stealShare({ total: 1000, steal: 30 }, { total: 1200, steal: 40 })).toBeCloseTo(0.05, 12);
  expect(stealShare(null, { total: 1, steal: 0 })).toBeNull();
  expect(stealShare({ total: 5, steal: 0 }, { total: 5, steal: 0 })).toBeNull();
});

it("captures what the schema wants, on this machine", async () => {
  const environment = environmentSchema.parse(await captureEnvironment(projectFolder()));
  expect(environment.cpu.cores).toBeGreaterThan(0);
  expect(environment.runtime["node"]).toBe(process.versions.node);
  expect(environment.machine).toBe((await captureEnvironment(projectFolder())).machine);
});

it("takes a commit for that of the sources where they are the checkout, not where they lie in another", async () => {
  const { folder, git } = await tinyRepository("one");
  await writeFiles(folder, { "dist/unpacked/package.json": "{}" });
  expect(await sourceCommit(folder, null)).toEqual({ commit: await git("rev-parse", "HEAD"), dirty: false });
  expect(await sourceCommit(join(folder, "dist", "unpacked"), null)).toEqual({ commit: null, dirty: null });
});
