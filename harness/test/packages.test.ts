import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { syntheticImage } from "@mobilenet-bench/spec";
import { execa, execaNode } from "execa";
import { encode } from "fast-png";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installTarballs } from "./support/install-tarballs.ts";

// The packages as their users have them: packed, installed together into an empty folder, compiled, run in Node (in
// pages: packages-in-pages.nightly.test.ts). None of the workspace's folders is in reach.

const MINUTES_MS = 60_000;

let folder: string;
let names: readonly string[];
/** The first program of each package's README, by the package's short name. */
let programs: ReadonlyMap<string, string>;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "packages-")));
  const tarballs = await installTarballs(folder, ["@types/node", "typescript", "vite"]);
  names = tarballs.map(({ name }) => name);
  programs = new Map(await Promise.all(names.map(readProgram)));
  await cp(fileURLToPath(new URL("consumer", import.meta.url)), folder, { recursive: true });
  for (const [name, program] of programs) await writeFile(join(folder, `readme-${name}.ts`), program);
}, 3 * MINUTES_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

const placeOf = (name: string) => join(folder, "node_modules", ...name.split("/"));

async function readProgram(name: string): Promise<[string, string]> {
  const text = await readFile(join(placeOf(name), "README.md"), "utf8");
  const [, program = ""] = /^```ts\n(.*?)^```$/ms.exec(text) ?? [];
  return [name.replace("@mobilenet-bench/", ""), program];
}

it("hold all that they point to, their licence, and no tests", async () => {
  for (const name of names) {
    const place = placeOf(name);
    const files = await readdir(place, { recursive: true });
    const manifest = await readFile(join(place, "package.json"), "utf8");
    const targets = Array.from(manifest.matchAll(/: "(\.\/[^"]+)"/g), ([, path = ""]) => path);
    const missing = targets.filter((path) => /\.\w+$/.test(path) && !existsSync(join(place, path)));
    expect({ name, missing }).toEqual({ name, missing: [] });
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md"]));
    expect(files.filter((file) => /(^|\/)test\/|\.test\./.test(file))).toEqual([]);
    for (const map of files.filter((file) => file.endsWith(".map"))) {
      const { sources }: { sources: string[] } = JSON.parse(await readFile(join(place, map), "utf8"));
      for (const source of sources)
        expect(
          existsSync(join(place, dirname(map), source)),
          `${name}/${map}: ${source}; where it was renamed, delete dist and build again`,
        ).toBe(true);
    }
  }
});

describe("in Node", () => {
  beforeAll(async () => {
    const tsc = join(folder, "node_modules", "typescript", "bin", "tsc");
    // What the compiler says comes with the error.
    await execaNode(tsc, [], { cwd: folder });
    await writeFile(
      join(folder, "picture.png"),
      encode({
        width: 64,
        height: 64,
        channels: 3,
        data: Uint8Array.from(syntheticImage(64), (value) => 127 * (value + 1)),
      }),
    );
  }, MINUTES_MS);

  // What the programs of the READMEs need is there: the picture, and a model that the first one writes.
  const RIGHT = {
    model: "mobilenet_v1_0.25_64",
    answers: {
      reference: "right",
      ts: "right",
      wasm: "right",
      "tfjs-cpu": "right",
      "tfjs-wasm": "right",
      "ort-node": "right",
      "ort-wasm": "right",
    },
    classes: 16,
    cell: { threads: 2 },
  };
  const run = async (node: string, name: string) =>
    execa(node, [join("out", `${name}.js`)], { cwd: folder, timeout: MINUTES_MS });

  it("compile with typed options, and compute what is right", async () => {
    const { stdout, stderr } = await run(process.execPath, "node");
    expect(JSON.parse(stdout)).toEqual(RIGHT);
    expect(stderr).toBe("");
  });

  it("run on Node 20 too, as their manifests say", async ({ skip }) => {
    const node = await findNode20();
    skip(node === undefined, "There is no Node 20 on the path.");
    const { stdout } = await run(node ?? "", "node");
    expect(JSON.parse(stdout)).toEqual(RIGHT);
  });

  it(
    "run the programs that their READMEs show",
    async () => {
      const shown = [...programs].filter(([, program]) => program !== "").map(([name]) => name);
      expect(shown.toSorted()).toEqual([
        "backend",
        "backend-ort",
        "backend-tfjs",
        "backend-ts",
        "backend-wasm",
        "backend-webgpu",
        "model-files",
        "results",
        "runner",
        "spec",
        "trained",
      ]);
      // Whether there is an adapter is for the backend's own tests.
      const runnable = shown.filter((name) => name !== "backend-webgpu");
      await cp(join(folder, "model.onnx"), join(folder, "mobilenet.onnx"));
      for (const name of runnable) {
        const { failed, stderr } = await execa(process.execPath, [join("out", `readme-${name}.js`)], {
          cwd: folder,
          timeout: MINUTES_MS,
          reject: false,
        });
        expect({ name, failed, stderr }).toEqual({ name, failed: false, stderr: "" });
      }
    },
    2 * MINUTES_MS,
  );

  it("bring the command line", async () => {
    const mnb = join(placeOf("@mobilenet-bench/harness"), "dist", "cli", "main.js");
    const { stdout } = await execaNode(mnb, ["spec", "mobilenet_v1_0.25_64"], { cwd: folder });
    expect(stdout).toContain("mobilenet_v1_0.25_64");
    for (const command of ["mutate", "pack"])
      expect(await execaNode(mnb, [command], { cwd: folder, reject: false })).toMatchObject({
        exitCode: 2,
        stderr: expect.stringMatching(/ a clone of the project\. Run mnb \w+ in one\.$/),
      });
  });
});

async function findNode20(): Promise<string | undefined> {
  for (const place of (process.env["PATH"] ?? "").split(delimiter)) {
    const node = join(place, process.platform === "win32" ? "node.exe" : "node");
    if (!existsSync(node)) continue;
    const { stdout } = await execa(node, ["--version"], { reject: false });
    if (stdout.startsWith("v20.")) return node;
  }
  return undefined;
}
