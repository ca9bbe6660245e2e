import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runSchema, type Run } from "../src/schema.ts";
import { StoreError } from "../src/store/store-error.ts";
import { jsonSchemas } from "../src/store/json-schemas.ts";
import { readRun, runFileName, writeRun } from "../src/store/store.ts";
import { RUN } from "./run.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-results-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("store", () => {
  it("reads what it wrote, under a name made of day and content", async () => {
    const path = await writeRun(folder, RUN);
    expect(await readRun(path)).toEqual(RUN);
    expect(basename(path)).toMatch(/^2026-01-02-[0-9a-f]{12}\.json$/);
    expect(await writeRun(folder, RUN)).toBe(path);
    expect(runFileName({ ...RUN, seed: 2 })).not.toBe(basename(path));
    const { cells, ...rest } = RUN;
    expect(runFileName({ cells, ...rest })).toBe(basename(path));
  });

  it("writes nothing where the run does not fit the schema", async () => {
    const [ok, failed] = RUN.cells;
    const wrong: Run = { ...RUN, cells: [{ ...ok!, multAdds: 0.5 }, failed!] };
    await expect(writeRun(folder, wrong)).rejects.toThrow(/cells\.0\.multAdds/);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each<[string, (text: string) => string, RegExp]>([
    ["torn", (text) => text.slice(0, text.length / 2), /torn or no JSON/],
    ["empty", () => "", /torn or no JSON/],
    ["foreign", () => '{"name": "something else"}', /is no run of mobilenet-bench/],
    ["a comparison", () => '{"schema": 2, "kind": "builds"}', /is a comparison of two builds, not a run/],
    [
      "a calibration",
      () => '{"kind":"start","version":1}\n{"kind":"pair"}\n',
      /is a calibration, not a run. See it with mnb calibrate --from \S+\.json/,
    ],
    [
      "of another version",
      (text) => text.replace('"schema": 1', '"schema": 99'),
      /has schema 99, this version reads 1/,
    ],
    [
      "with a latency on a failed cell only half there",
      (text) => text.replace('"median": 8', '"median": "fast"'),
      /median/,
    ],
  ])("refuses a file that is %s and leaves it as it was", async (_, damage, message) => {
    const path = await writeRun(folder, RUN);
    const damaged = damage(await readFile(path, "utf8"));
    await writeFile(path, damaged);
    await expect(readRun(path)).rejects.toThrow(StoreError);
    await expect(readRun(path)).rejects.toThrow(message);
    expect(await readFile(path, "utf8")).toBe(damaged);
  });

  it.each<[string, (text: string) => string, RegExp]>([
    [
      "a figure is another",
      (text) => text.replace('"median": 8', '"median": 4'),
      /changed since it was written/,
    ],
    [
      "a field is added",
      (text) => text.replace('"seed"', '"note": "mine",\n "seed"'),
      /changed since it was written/,
    ],
    [
      "a cell stands there twice",
      (text) => {
        const run = JSON.parse(text);
        return JSON.stringify({ ...run, cells: [...run.cells, run.cells[0]] });
      },
      /cells\.2\.id: mobilenet_v1_0\.25_128\/ts\/node stands there twice/,
    ],
    [
      "a cell goes by the id of another backend",
      (text) => text.replace('_128/ts/node"', '_128/wasm/node"'),
      /cells\.0\.id: the cell of this .* is mobilenet_v1_0\.25_128\/ts\/node, not \S+_128\/wasm\/node\. Give/,
    ],
    [
      "a cell is of another model than its id",
      (text) => text.replace('"model": "mobilenet_v1_0.25_128"', '"model": "mobilenet_v1_1.0_224"'),
      /cells\.0\.id: .* is mobilenet_v1_1\.0_224\/ts\/node, not mobilenet_v1_0\.25_128\/ts\/node\. Give/,
    ],
    [
      "a cell had threads that its id does not tell",
      (text) => text.replace('"options": {}', '"options": {"threads": 2}'),
      /cells\.0\.id: .* is mobilenet_v1_0\.25_128\/ts\/node\?threads=2, not \S+\/ts\/node\. Give/,
    ],
    [
      "a cell that failed has another target than its id",
      (text) => text.replace(/("tfjs-node",\s+"target": )"node"/, '$1"chrome"'),
      /cells\.1\.id: .* is mobilenet_v1_0\.25_128\/tfjs-node\/chrome, not \S+\/tfjs-node\/node\. Give/,
    ],
    [
      "it nests five thousand levels",
      (text) => text.replace('"threads": 1', `"threads": ${"[".repeat(5000)}${"]".repeat(5000)}`),
      /more than 64 levels deep/,
    ],
    ["brackets are all it has", () => "[".repeat(1_000_000), /more than 64 levels deep/],
  ])("refuses a file where %s", async (_, damage, message) => {
    const path = await writeRun(folder, RUN);
    await writeFile(path, damage(await readFile(path, "utf8")));
    await expect(readRun(path)).rejects.toThrow(StoreError);
    await expect(readRun(path)).rejects.toThrow(message);
  });

  it("refuses a file that is too large to be one, unread", async () => {
    const path = join(folder, "large.json");
    await writeFile(path, "");
    await truncate(path, 2 ** 40);
    await expect(readRun(path)).rejects.toThrow(/is no run file: it has more than 384 MiB/);
  });

  it("holds only names of its own making to their content, and no line ends", async () => {
    const path = await writeRun(folder, RUN);
    const text = await readFile(path, "utf8");
    await writeFile(join(folder, "mine.json"), text.replace('"median": 8', '"median": 4'));
    expect((await readRun(join(folder, "mine.json"))).cells[0]).toMatchObject({ latency: { median: 4 } });
    await writeFile(path, text.replaceAll("\n", "\r\n"));
    expect(await readRun(path)).toEqual(RUN);
  });

  it("takes brackets within texts for no levels", async () => {
    const [ok, failed] = RUN.cells;
    const reason = `${'["\\'.repeat(100)} {{{`;
    const path = await writeRun(folder, { ...RUN, cells: [ok!, { ...failed!, status: "crash", reason }] });
    expect((await readRun(path)).cells[1]).toMatchObject({ reason });
  });

  it("names a file that is missing", async () => {
    await expect(readRun(join(folder, "none.json"))).rejects.toThrow(/none\.json cannot be read \(ENOENT\)/);
  });
});

describe("schema", () => {
  it("gives latency to ok cells and a reason to the others, never otherwise", () => {
    const [ok, failed] = RUN.cells;
    const parse = (cell: unknown) => runSchema.safeParse({ ...RUN, cells: [cell] }).success;
    expect(parse(ok)).toBe(true);
    expect(parse(failed)).toBe(true);
    expect(parse({ ...ok, status: "crash" })).toBe(false);
    expect(parse({ ...failed, status: "ok" })).toBe(false);
    expect(parse({ ...failed, status: "slow" })).toBe(false);
  });

  it.each([...jsonSchemas()])(
    "is published as it is in %s; renew it with: pnpm --filter @mobilenet-bench/results schema",
    async (file, schema) => {
      const published = await readFile(new URL(`../schema/${file}`, import.meta.url), "utf8");
      expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(schema)));
    },
  );

  it("is published of all that is exported", async () => {
    const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
    const exported = Object.keys(manifest.exports).filter((door) => door.endsWith(".json"));
    expect(exported).toEqual([...jsonSchemas().keys()].map((file) => `./${file}`));
  });
});

describe("published runs", async () => {
  const data = new URL("../data/", import.meta.url);
  const files = (await readdir(data)).filter((name) => name.endsWith(".json"));

  it("exist", () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it.for(files)("%s is a whole run whose name fits its content", async (name) => {
    const path = new URL(name, data).pathname;
    const run = await readRun(path);
    expect(run.complete).toBe(true);
    expect(runFileName(run)).toBe(name);
  });
});
