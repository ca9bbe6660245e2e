import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readRun } from "@mobilenet-bench/results/store";
import { resumeCalibration, startCalibration } from "../src/calibrate/start-calibration.ts";
import { makePlan } from "../src/plan/plan.ts";
import { resolveNames } from "../src/plan/resolve-names.ts";
import { refuseOtherModules } from "../src/run/outside-modules.ts";
import { startRun } from "../src/run/run.ts";
import { createTargets } from "../src/target/targets.ts";
import { callMnb } from "./support/call-mnb.ts";
import { startOf } from "./support/start.ts";

const CONTRACT = fileURLToPath(new URL("../../packages/backend", import.meta.url));
const MODEL = "mobilenet_v1_0.25_32";
const PATIENT = { timeout: 120_000 };

/** A module that exports the reference under another id, its logits off by so much. */
const toy = (id: string, by = 0) => `
import { reference } from "@mobilenet-bench/backend";
export const NAME = ${JSON.stringify(id)};
export const toy = {
  ...reference,
  id: NAME,
  summary: "a toy",
  platforms: ["node", "browser"],
  async load(model, weights) {
    const session = await reference.load(model, weights);
    return {
      actual: session.actual,
      infer: async (input) => (await session.infer(input)).map((logit) => logit + ${by}),
      dispose: () => session.dispose(),
    };
  },
};
`;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "outside-"));
  const pack = join(folder, "node_modules", "my-backend-package");
  await mkdir(join(folder, "node_modules", "@mobilenet-bench"), { recursive: true });
  await mkdir(pack);
  await symlink(CONTRACT, join(folder, "node_modules", "@mobilenet-bench", "backend"));
  const files = {
    "package.json": '{ "type": "module" }',
    "toy.js": toy("toy"),
    "wrong.js": toy("wrong", 1),
    "taken.js": toy("ts"),
    "unnamed.js": toy("a/b"),
    "several.js": `${toy("one")} export const another = { ...toy, id: "two" };`,
    "none.js": "export const answer = 42;",
    "ends.js": "process.exit(3);",
    "node_modules/my-backend-package/package.json":
      '{ "name": "my-backend-package", "version": "1.2.0", "type": "module", "exports": { "import": "./index.js" } }',
    "node_modules/my-backend-package/index.js": toy("packed"),
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
});
afterAll(() => rm(folder, { recursive: true }));

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

const mnb = (...words: string[]) => callMnb(words, { cwd: folder, short: true });

it(
  "is named by a path or a package, as a filter and in cell ids, and listed by its own id",
  PATIENT,
  async () => {
    const named = ["./toy.js", "my-backend-package"];
    const filters = await mnb("list", "--model", MODEL, "--backend", named.join(","));
    const ids = [`${MODEL}/toy/node`, `${MODEL}/packed/node`];
    expect(filters).toMatchObject({ exitCode: 0, stdout: ids.join("\n") });
    const cells = await mnb("list", ...named.map((name) => `${MODEL}/${name}/node?threads=1`));
    expect(cells).toMatchObject({ exitCode: 0, stdout: ids.join("\n") });
  },
);

it("is checked, beside those of this program, and measured: the run file has its id", PATIENT, async () => {
  const check = await mnb("check", "--model", MODEL, "--backend", "./toy.js,ts,./wrong.js", "--json");
  expect(check.exitCode).toBe(1);
  const { cells } = JSON.parse(check.stdout);
  expect(Object.fromEntries(cells.map(({ id, status }: Record<string, string>) => [id, status]))).toEqual({
    [`${MODEL}/ts/node`]: "ok",
    [`${MODEL}/toy/node`]: "ok",
    [`${MODEL}/wrong/node`]: "mismatch",
  });
  const run = await mnb(
    "run",
    `${MODEL}/./toy.js/node`,
    "--protocol",
    "quick",
    "--no-peaks",
    "--output",
    "runs",
  );
  expect(run).toMatchObject({ exitCode: 0 });
  const [file = ""] = await readdir(join(folder, "runs"));
  const { cells: measured, modules } = await readRun(join(folder, "runs", file));
  expect(measured).toMatchObject([{ id: `${MODEL}/toy/node`, backend: "toy", status: "ok" }]);
  expect(modules).toEqual({ toy: { file: "toy.js", sha256: hashOf(toy("toy")) } });
  expect(run.stdout.replaceAll(/\s+/g, " ")).toContain("toy from toy.js");
});

it("has to be the same where a run or a calibration is gone on with", PATIENT, async () => {
  const module = join(folder, "node_modules", "my-backend-package", "index.js");
  const cells = [`${MODEL}/my-backend-package/node`];
  const { filters, known } = await resolveNames({ cells }, createTargets(), folder);
  const plan = await makePlan(filters, known);
  const { protocol, seed, picture, weights, keepSamples, profile, peaks, strict, browser } = startOf();
  const settings = { protocol, seed, picture, weights, keepSamples, profile, peaks, strict, browser };
  const run = await startRun(plan, { ...settings, output: join(folder, "runs") });
  const calibration = await startCalibration(plan.cells, {
    seed: 1,
    slowDowns: [0],
    pairs: 1,
    besideLoad: false,
    browser: {},
    output: folder,
  });
  try {
    await run.part.end();
    await calibration.part.end();
    const { modules = {} } = run.folder.start;
    expect(modules).toMatchObject({
      packed: { file: "index.js", package: "my-backend-package@1.2.0", sha256: hashOf(toy("packed")) },
    });
    await expect(refuseOtherModules(modules, "run")).resolves.toBeUndefined();
    await writeFile(module, `${toy("packed")}// Changed.`);
    const { exitCode, stderr } = await mnb("run", "--resume", run.folder.start.id);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/index\.js, the module of packed, has changed since the run began\. Restore it/);
    await expect(resumeCalibration(calibration.folder.start.id, () => {})).rejects.toThrow(
      /index\.js, the module of packed, has changed since the calibration began/,
    );
    await rm(module);
    await expect(refuseOtherModules(modules, "run")).rejects.toThrow(/index\.js cannot be read\. Restore it/);
  } finally {
    await writeFile(module, toy("packed"));
    await run.folder.remove();
    await calibration.folder.remove();
  }
});

it("is examined by doctor", PATIENT, async () => {
  const { exitCode, stdout } = await mnb("doctor", "--backend", "my-backend-package", "--json");
  expect(exitCode).toBe(0);
  const backends = JSON.parse(stdout).filter(({ kind }: { kind: string }) => kind === "backend");
  expect(backends).toMatchObject([{ id: "packed", summary: "a toy", available: true }]);
});

it("is refused in pages, by name and with the remedy", PATIENT, async () => {
  const { exitCode, stderr } = await mnb("check", `${MODEL}/./toy.js/chrome`);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/toy is from outside.*Measure it on the target node/);
});

it.each([
  ["./nowhere.js", /There is no module .*nowhere\.js\. Correct --backend/],
  ["@nobody/nothing", /No package @nobody\/nothing is installed/],
  ["nothing", /There is no backend "nothing"\. Use reference, ts/],
  ["./none.js", /exports no backend\. Export an object with id/],
  ["./several.js", /exports several backends: two, one\. Export the one/],
  ["./taken.js", /is ts, as that of a backend of this program\. Give it another id/],
  ["./unnamed.js", /"a\/b", which no cell id can hold/],
  ["./ends.js", /\.\/ends\.js cannot be had as a backend: .*/],
])("that is wrong is refused before anything runs: %s", PATIENT, async (name, message) => {
  const { exitCode, stderr, stdout } = await mnb("list", "--model", MODEL, "--backend", name);
  expect(exitCode).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(message);
});
