import { cp, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { syntheticImage } from "@mobilenet-bench/spec";
import { execa, execaNode } from "execa";
import { encode } from "fast-png";
import { installTarballs } from "./install-tarballs.ts";

export const MINUTES_MS = 60_000;

/** What the program of the consumer prints where all is right. */
export const RIGHT = {
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

/** A folder of somebody who uses the packages, with none of the workspace's folders in reach. */
export interface Consumer {
  readonly folder: string;
  /** Of the packages. */
  readonly names: readonly string[];
  /** The first program of each package's README, by the package's short name. */
  readonly programs: ReadonlyMap<string, string>;
  placeOf(name: string): string;
  /** Runs what was compiled. */
  run(node: string, name: string): Promise<{ stdout: string; stderr: string }>;
  remove(): Promise<void>;
}

/** Installs the packages as they would be published, and writes down what is made of them. */
export async function installConsumer(): Promise<Consumer> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "packages-")));
  const tarballs = await installTarballs(folder, ["@types/node", "typescript", "vite"]);
  const names = tarballs.map(({ name }) => name);
  const placeOf = (name: string) => join(folder, "node_modules", ...name.split("/"));
  const programs = new Map(await Promise.all(names.map((name) => readProgram(name, placeOf(name)))));
  await cp(fileURLToPath(new URL("../consumer", import.meta.url)), folder, { recursive: true });
  for (const [name, program] of programs) await writeFile(join(folder, `readme-${name}.ts`), program);
  await writeFile(
    join(folder, "picture.png"),
    encode({
      width: 64,
      height: 64,
      channels: 3,
      data: Uint8Array.from(syntheticImage(64), (value) => 127 * (value + 1)),
    }),
  );
  return {
    folder,
    names,
    programs,
    placeOf,
    run: (node, name) => execa(node, [join("out", `${name}.js`)], { cwd: folder, timeout: MINUTES_MS }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Compiles the consumer's programs and those of the READMEs: what the compiler says comes with the error. */
export async function compile({ folder }: Consumer): Promise<void> {
  await execaNode(join(folder, "node_modules", "typescript", "bin", "tsc"), [], { cwd: folder });
}

async function readProgram(name: string, place: string): Promise<[string, string]> {
  const text = await readFile(join(place, "README.md"), "utf8");
  const [, program = ""] = /^```ts\n(.*?)^```$/ms.exec(text) ?? [];
  return [name.replace("@mobilenet-bench/", ""), program];
}
