import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { extract, list } from "tar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reference } from "@mobilenet-bench/backend";
import { MIB, type Packed } from "@mobilenet-bench/pack";
import { runSchema } from "@mobilenet-bench/results";
import { sourceCommit } from "../src/environment/commit.ts";
import { projectFolder, stateFolder } from "../src/folders.ts";
import { makePack } from "../src/pack/make-pack.ts";
import { BACKENDS } from "../src/registry/backends.ts";
import { importUnlessLeftOut, isLeftOut } from "../src/registry/left-out.ts";
import { callMnb } from "./support/call-mnb.ts";

const SMALL = "mobilenet_v1_0.25_32";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-pack-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("what a pack leaves out", () => {
  const pack = { backends: ["ts"] };

  it("refuses instead of being imported", async () => {
    const there = { import: () => Promise.resolve(reference), pack: { package: "there" } };
    const missing = {
      import: () => Promise.reject(new Error("no such module")),
      pack: { package: "missing" },
    };
    expect(await importUnlessLeftOut("ts", there, pack)).toBe(reference);
    const other = await importUnlessLeftOut("other", missing, pack);
    expect(await other.availability()).toEqual({
      available: false,
      reason: "other is not in this pack.",
      remedy: "Make a pack that has it, in a clone: ./mnb pack --backend ts,other",
    });
    expect(await importUnlessLeftOut("other", there, null)).toBe(reference);
    expect([isLeftOut("other", pack), isLeftOut("ts", pack), isLeftOut("other", null)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("does not promise a pack of what cannot be packed", async () => {
    const backend = await importUnlessLeftOut("tfjs-node", BACKENDS["tfjs-node"], pack);
    const availability = await backend.availability();
    expect(availability).toMatchObject({ available: false, remedy: expect.stringContaining("clone") });
  });
});

it("knows its source by itself, whatever checkout it lies in", async () => {
  const pack = { commit: "c0ffee", dirty: false, node: "24.0.0", platform: "linux-x64", backends: [] };
  expect(await sourceCommit(projectFolder(), pack)).toEqual({ commit: "c0ffee", dirty: false });
  const { commit } = await sourceCommit(projectFolder(), null);
  expect(commit).toMatch(/^[0-9a-f]{40}$/);
});

it("keeps its state beside the caller where its own folder cannot be written", () => {
  expect(stateFolder(folder)).toBe(join(folder, ".mnb"));
  expect(stateFolder(join(folder, "none"))).toBe(join(process.cwd(), ".mnb"));
});

const runsHere = process.platform === "linux" && process.arch === "x64";

// As large as it gets in the shortest time: how small it is, pack.nightly.test.ts shows.
describe.runIf(runsHere)("a pack (made on Linux x64 alone)", () => {
  let root = "";
  let archive = "";
  let packed: Packed;
  const told: string[] = [];
  /** As on another machine: nothing in the environment, another working folder. */
  const mnb = (...words: string[]) =>
    execa(join(root, "mnb"), words, {
      reject: false,
      cwd: folder,
      extendEnv: false,
      env: { PATH: "/usr/bin:/bin" },
    });

  beforeAll(async () => {
    archive = join(folder, "pack.tar.gz");
    const settings = { project: projectFolder(), backends: ["ts"], maxBytes: 200 * MIB, level: 1 } as const;
    packed = await makePack(
      { ...settings, output: archive },
      { onBegin: () => {}, onStep: () => {}, onPart: ({ name }) => void told.push(name) },
    );
    const unpacked = join(folder, "unpacked");
    await mkdir(unpacked);
    await extract({ file: archive, cwd: unpacked });
    root = join(unpacked, "mobilenet-bench");
  }, 180_000);

  it("tells its size, that of each part, and what it holds", async () => {
    expect(told.toSorted()).toEqual(packed.parts.map(({ name }) => name).toSorted());
    expect(told).toContain("runtime");
    const { size } = await stat(archive);
    expect(packed).toMatchObject({ path: archive, bytes: size });
    expect(packed.facts.backends).toEqual(["reference", "ts", "wasm"]);
    expect(packed.sha256).toBe(
      createHash("sha256")
        .update(await readFile(archive))
        .digest("hex"),
    );
    const sum = packed.parts.reduce((total, { compressedBytes }) => total + compressedBytes, 0);
    expect(size - sum).toBeGreaterThan(0);
    expect(size - sum).toBeLessThan(100);
  });

  it("has one folder, and nothing in it that does not run there", async () => {
    const paths: string[] = [];
    await list({ file: archive, onReadEntry: ({ path }) => paths.push(path) });
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.every((path) => path.startsWith("mobilenet-bench/"))).toBe(true);
    const unwanted =
      /\.(map|tsx?)$|@tensorflow\/|onnxruntime|vitest|@types|@mobilenet-bench\/(mutation|pack)/;
    expect(paths.filter((path) => unwanted.test(path))).toEqual([]);
    expect(paths).toContain("mobilenet-bench/lib/node_modules/@mobilenet-bench/harness/dist/page/page.html");
  });

  it("tells what is there and what is not", async () => {
    const { stdout, exitCode } = await mnb("doctor", "--json");
    expect(exitCode).toBe(1);
    const findings: { id: string; available: boolean; reason?: string }[] = JSON.parse(stdout);
    const available = findings.filter((one) => one.available).map(({ id }) => id);
    expect(available).toEqual(expect.arrayContaining(["reference", "ts", "wasm", "node"]));
    for (const id of ["ort-node", "ort-webgpu"])
      expect(findings.find((one) => one.id === id)).toMatchObject({
        available: false,
        reason: `${id} is not in this pack.`,
      });
    const list = await mnb("list", "--model", SMALL);
    expect(list.stdout.split("\n")).toEqual([`${SMALL}/ts/node`, `${SMALL}/wasm/node`]);
    expect(await mnb("doctor", "--fix")).toMatchObject({ exitCode: 2 });
    for (const command of ["pack", "mutate"])
      expect(await mnb(command)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringMatching(/ a clone of the project\. Run mnb \w+ in one\.$/),
      });
  }, 60_000);

  it("measures, through a link too, and records its source", async () => {
    const link = join(folder, "mnb-link");
    await symlink(join(root, "mnb"), link);
    const words = [`${SMALL}/ts/node?threads=2`, `${SMALL}/wasm/node`, `${SMALL}/ort-node/node?threads=2`];
    const { stdout, stderr, exitCode } = await execa(
      link,
      ["run", ...words, "--protocol", "quick", "--no-peaks", "--max-disturbance", "1", "--json"],
      {
        cwd: folder,
        extendEnv: false,
        env: { PATH: "/usr/bin:/bin" },
        reject: false,
      },
    );
    // Asked for by name, and not in the pack.
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("ort-node is not in this pack"),
    });
    const run = runSchema.parse(JSON.parse(stdout));
    expect(run.cells.map(({ id, status }) => `${id} ${status}`).toSorted()).toEqual([
      `${SMALL}/ort-node/node?threads=2 unsupported`,
      `${SMALL}/ts/node?threads=2 ok`,
      `${SMALL}/wasm/node ok`,
    ]);
    expect(run.protocol).toMatchObject({ maxSteal: 1, maxThrottled: 1, maxCpuPressure: 1 });
    const pack = JSON.parse(await readFile(join(root, "pack.json"), "utf8"));
    expect(run.environment.commit).toBe(pack.commit);
    expect(run.environment.dirty).toBe(pack.dirty);
    // Beside it stands what the loops took, once a run was long enough to tell.
    const stored = await readdir(join(root, ".mnb", "runs"));
    expect(stored.filter((name) => name.endsWith(".json"))).toHaveLength(1);
  }, 120_000);
});

it.each([
  [["--backend", "tfjs-node"], /made on each machine/],
  [["--backend", "cuda"], /no backend "cuda"/],
  [["--max-size", "none"], /number above 0/],
])("mnb pack %j ends with 2 and one line", async (words, message) => {
  const { exitCode, stderr, stdout } = await callMnb(["pack", ...words]);
  expect(stderr).toMatch(message);
  expect(exitCode).toBe(2);
  expect(stdout).toBe("");
});
