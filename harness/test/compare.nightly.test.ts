import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { comparisonSchema, type Comparison } from "@mobilenet-bench/results";
import { execa } from "execa";
import { beforeAll, expect, it } from "vitest";
import { targetsOf } from "../src/builds/build.ts";
import { BuildStore } from "../src/builds/build-store.ts";
import { parseBuildWord } from "../src/builds/build-word.ts";
import { gitOf } from "../src/builds/git.ts";
import { refuseForeignProtocol } from "../src/builds/job-protocol.ts";
import { obtainBuild } from "../src/builds/obtain-build.ts";
import { stateFolder } from "../src/folders.ts";
import { purpose } from "./support/purpose.ts";
import { mnb } from "./support/mnb.ts";
import { temporaryFolder } from "./support/tiny-repository.ts";

const CLONE = fileURLToPath(new URL("../..", import.meta.url));
/** Sets up a checkout, packages and all. */
const PATIENCE_MS = 1_800_000;
const CELL = "mobilenet_v1_0.25_128/ts/node";
const STEP = join("packages", "backend-ts", "src", "run-step.ts");

let head: Awaited<ReturnType<typeof obtainBuild>>;
beforeAll(async () => {
  const git = gitOf(CLONE);
  const store = new BuildStore({ folder: join(stateFolder(), "builds") });
  const room = { clone: CLONE, git, store, say: () => {} };
  head = await obtainBuild("HEAD", await parseBuildWord("HEAD", git), room);
}, PATIENCE_MS);

/** One cell of two builds. */
async function compare(
  base: string,
  candidate: string,
): Promise<Comparison & { readonly exitCode: number | undefined }> {
  const { stdout, stderr, exitCode } = await mnb(["compare", base, candidate, CELL, "--json"]);
  const comparison = comparisonSchema.safeParse(JSON.parse(stdout || "null"));
  if (!comparison.success) throw new Error(stderr);
  return { ...comparison.data, exitCode };
}

it("builds HEAD beside the checkout, and opens a runner from it", async () => {
  await refuseForeignProtocol(head);
  expect(head.root).not.toBe(CLONE);
  const runner = await targetsOf(head).node!.open(purpose("ts"));
  const request = {
    backend: "ts",
    options: {},
    model: { name: "mobilenet_v1_0.25_32", classes: 5 },
    source: { seed: 1 },
  };
  expect(await runner.request("open", request, 60_000)).toMatchObject({ ok: true });
  await runner.kill();
});

it(
  "finds a slow-down that was planted in the kernel of one layer, and names the layer",
  { timeout: PATIENCE_MS },
  async () => {
    const planted = await temporaryFolder();
    await execa("git", ["clone", "--quiet", "--shared", CLONE, planted], { stdin: "ignore" });
    const source = await readFile(join(planted, STEP), "utf8");
    const changed = source.replace(
      "=>\n  KERNELS[step.layer.type](step, input, output, share);",
      '=> {\n  for (let time = 0; time < (step.layer.name === "Conv2d_3_depthwise" ? 9 : 1); time++)\n    KERNELS[step.layer.type](step, input, output, share);\n};',
    );
    expect(changed).not.toBe(source);
    await writeFile(join(planted, STEP), changed);
    const { cells, exitCode } = await compare("HEAD", planted);
    expect(cells).toMatchObject([
      { outcome: "slower", first: { verdict: "slower" }, second: { verdict: "slower" } },
    ]);
    const [cell] = cells;
    const layers = cell?.status === "compared" ? (cell.layers ?? []) : [];
    const [worst] = layers.toSorted((a, b) => b.ratio - a.ratio);
    expect(worst).toMatchObject({ name: "Conv2d_3_depthwise", change: "slower" });
    expect(worst?.ratio).toBeGreaterThan(4);
    expect(exitCode).toBe(1);
  },
);

it("raises no alarm where HEAD is compared with itself", { timeout: PATIENCE_MS }, async () => {
  const { cells, exitCode } = await compare("HEAD", "HEAD");
  expect(cells).toMatchObject([{ status: "compared" }]);
  expect(cells[0]).not.toMatchObject({ outcome: "slower" });
  expect(cells[0]).not.toMatchObject({ outcome: "faster" });
  expect(exitCode).toBe(0);
});
