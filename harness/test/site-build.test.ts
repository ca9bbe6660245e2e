import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSite, serveSite, SiteError } from "@mobilenet-bench/docs/build";
import { writeRun } from "@mobilenet-bench/results/store";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callMnb } from "./support/call-mnb.ts";
import { readSweep, writeSmallSweep } from "./support/site-runs.ts";

let folder = "";
/** One run of few cells. */
let published = "";
beforeAll(async () => {
  published = await mkdtemp(join(tmpdir(), "mnb-site-runs-"));
  await writeSmallSweep(published);
});
afterAll(() => rm(published, { recursive: true, force: true }));
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "mnb-site-build-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

/** By path from the folder, its text. */
async function everyFile(root: string): Promise<Map<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(
    paths
      .toSorted()
      .map(async (path) => [path.slice(root.length + 1), await readFile(path, "utf8")] as const),
  );
  return new Map(texts);
}

const NOW = new Date("2026-11-23T01:02:03.000Z");

describe("a site", () => {
  it("is the same of the same runs, and takes the place of an older one", async () => {
    const [output, runs] = [join(folder, "site"), join(folder, "runs")];
    const small = await readSweep();
    await writeRun(runs, { ...small, cells: small.cells.slice(0, 2) });
    await buildSite({ runs: published, output, now: NOW });
    const first = await everyFile(output);
    await buildSite({ runs, output, now: NOW });
    const second = await everyFile(output);
    const cellPages = (files: ReadonlyMap<string, string>) =>
      [...files.keys()].filter((path) => path.startsWith("cell") && path.endsWith("index.html"));
    expect(cellPages(first)).toHaveLength(21);
    expect(cellPages(second)).toHaveLength(2);
    await buildSite({ runs: published, output, now: NOW });
    expect(await everyFile(output)).toEqual(first);
    await rm(runs, { recursive: true });
    expect(await readdir(folder)).toEqual(["site"]);
  });

  it("deletes nothing that it did not write", async () => {
    const output = join(folder, "site");
    await buildSite({ runs: published, output, now: NOW });
    const kept = ["CNAME", ".nojekyll", ".git/config", "cell/mine/note.txt", "table/mine.txt"];
    for (const path of kept) {
      await mkdir(dirname(join(output, path)), { recursive: true });
      await writeFile(join(output, path), `mine: ${path}`);
    }
    await buildSite({ runs: published, output, now: NOW });
    for (const path of kept) expect(await readFile(join(output, path), "utf8")).toBe(`mine: ${path}`);
    expect(await readdir(folder)).toEqual(["site"]);
  });

  it("says which file of others is in its way, and leaves all as it was", async () => {
    const [output, runs] = [join(folder, "site"), join(folder, "runs")];
    const { cells, ...run } = await readSweep();
    await writeRun(runs, { ...run, cells: cells.filter(({ backend }) => backend === "ts").slice(0, 1) });
    await buildSite({ runs, output, now: NOW });
    await writeFile(join(output, "cell", "mobilenet_v1_1.0_224", "wasm"), "mine");
    const before = await everyFile(output);
    await expect(buildSite({ runs: published, output, now: NOW })).rejects.toThrow(
      /none of the old site's, and in the way/,
    );
    expect(await everyFile(output)).toEqual(before);
    expect((await readdir(folder)).toSorted()).toEqual(["runs", "site"]);
  });

  it("is one of two that are built at once, and whole", async () => {
    const options = { runs: published, output: join(folder, "site"), cache: join(folder, "cache") };
    const later = new Date(NOW.getTime() + 60_000);
    await buildSite({ ...options, now: NOW });
    await writeFile(join(options.output, "CNAME"), "mine");
    await Promise.all([NOW, later, NOW, later].map((now) => buildSite({ ...options, now })));
    const files = await everyFile(options.output);
    expect(files.get("CNAME")).toBe("mine");
    const built = [...files].filter(([path]) => path.endsWith("index.html"));
    const times = new Set(built.map(([, text]) => /Built (\S+ \S+) UTC/.exec(text)?.[1]));
    expect(times.size).toBe(1);
    expect((await readdir(folder)).toSorted()).toEqual(["cache", "site"]);
  });

  it("of no runs says so, on pages that lead to each other", async () => {
    const [runs, output] = [join(folder, "runs"), join(folder, "site")];
    await mkdir(runs);
    const built = await buildSite({ runs, output, now: NOW });
    expect(built).toMatchObject({ runs: 0, cells: 0, machines: 0 });
    for (const path of ["", "table", "choose"])
      expect(await readFile(join(output, path, "index.html"), "utf8")).toContain("No run is published yet");
    expect(await readFile(join(output, "method", "index.html"), "utf8")).toContain("<h1");
  });

  it("leaves nothing of itself where it is asked to end", async () => {
    const output = join(folder, "site");
    await buildSite({ runs: published, output, now: NOW });
    const before = await everyFile(output);
    const interrupt = new AbortController();
    interrupt.abort();
    const { signal } = interrupt;
    await expect(buildSite({ runs: published, output, now: new Date(0), signal })).rejects.toBe(
      signal.reason,
    );
    expect(await everyFile(output)).toEqual(before);
    expect(await readdir(folder)).toEqual(["site"]);
  });

  it("does not take two runs of one id for one", async () => {
    const runs = join(folder, "runs");
    const run = await readSweep();
    await writeRun(runs, run);
    await writeRun(runs, { ...run, suite: "other" });
    await expect(buildSite({ runs, output: join(folder, "site"), now: NOW })).rejects.toThrow(/are one file/);
  });

  it("tells of files that are no runs by their names", async () => {
    const runs = join(folder, "runs");
    await writeSmallSweep(runs);
    await writeFile(join(runs, "my-run.json"), "{}");
    const { notRuns } = await buildSite({ runs, output: join(folder, "site"), now: NOW });
    expect(notRuns).toEqual(["my-run.json"]);
  });

  it("takes the place of nothing else", async () => {
    await writeFile(join(folder, "thesis.txt"), "of years");
    await expect(buildSite({ runs: published, output: folder, now: NOW })).rejects.toThrow(SiteError);
    expect(await readdir(folder)).toEqual(["thesis.txt"]);
  });

  it("leaves the older one where a run is torn, and nothing beside it", async () => {
    const [runs, output] = [join(folder, "runs"), join(folder, "site")];
    await buildSite({ runs: published, output, now: NOW });
    await mkdir(runs);
    await writeFile(join(runs, "2026-11-22-000000000000.json"), "{");
    await expect(buildSite({ runs, output, now: NOW })).rejects.toThrow(/torn or no JSON/);
    expect((await readdir(folder)).toSorted()).toEqual(["runs", "site"]);
    expect(await readdir(output)).toContain("index.html");
  });

  it("is the same with what is known of its runs, and where that is torn", async () => {
    const [output, cache] = [join(folder, "site"), join(folder, "cache")];
    const options = { runs: published, output, now: NOW };
    const pages = async () =>
      Promise.all(
        ["index.html", "table/index.html", "data/runs.json"].map((path) =>
          readFile(join(output, path), "utf8"),
        ),
      );
    await buildSite(options);
    const without = await pages();
    for (const tear of [false, false, true]) {
      if (tear) for (const name of await readdir(cache)) await writeFile(join(cache, name), "{");
      await buildSite({ ...options, cache });
      expect(await pages()).toEqual(without);
    }
    expect(await readdir(cache)).toHaveLength(1);
  });

  it.each([
    ["machine", { environment: { machine: "../../evil" } }],
    ["id", { id: "../../evil" }],
  ])("writes nothing beside itself where the %s of a run leads there", async (_, change) => {
    const runs = join(folder, "runs");
    const run = await readSweep();
    const environment = { ...run.environment, ...("environment" in change && change.environment) };
    await writeRun(runs, { ...run, ...change, environment });
    await expect(buildSite({ runs, output: join(folder, "a", "site"), now: NOW })).rejects.toThrow(
      /no path that/,
    );
    expect(await readdir(folder, { recursive: true })).toEqual(
      expect.not.arrayContaining([expect.stringContaining("evil")]),
    );
  });

  it("needs a folder of runs", async () => {
    const output = join(folder, "site");
    await expect(buildSite({ runs: join(folder, "runs"), output, now: NOW })).rejects.toThrow(
      /There is no folder/,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it("has no file that some system could not hold", async () => {
    const output = join(folder, "site");
    await buildSite({ runs: published, output, now: NOW });
    const names = (await readdir(output, { recursive: true })).flatMap((path) => path.split(/[/\\]/));
    for (const name of new Set(names)) {
      expect(name).toMatch(/^[\w.~=,-]+$/);
      expect(name).not.toMatch(/\.$/);
    }
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(new Set(names).size);
  });
});

describe("a server", () => {
  it("has the files of the site and no others", async () => {
    const output = join(folder, "site");
    await buildSite({ runs: published, output, now: NOW });
    const { url, close } = await serveSite({ folder: output, port: 0, base: "/deep/er/" });
    const status = async (path: string) => (await fetch(new URL(path, url))).status;
    expect(await status("")).toBe(200);
    expect(await status("table")).toBe(200);
    expect(await status("data/runs.json")).toBe(200);
    expect(await status("nothing/")).toBe(404);
    expect(await status("/")).toBe(404);
    expect(await status("/deep/er/..%2f..%2fpackage.json")).not.toBe(200);
    await close();
  });

  it("refuses what is no site", async () => {
    await expect(serveSite({ folder, port: 0 })).rejects.toThrow(/There is no site in/);
  });
});

describe("mnb site", () => {
  it("builds what was asked for, says what it takes, and serves it until it is ended", async () => {
    const output = join(folder, "site");
    const built = await callMnb(["site", "build", output, "--runs", published]);
    expect(built.exitCode).toBe(0);
    expect(built.stdout).toMatch(/first page: [\d.]+ kB by gzip .*, [\d.]+ kB without/);
    expect(built.stdout).toContain(`mnb site serve ${output}`);
    const server = spawn(process.execPath, [MAIN, "site", "serve", output, "--port", "0"]);
    const ended = once(server, "exit");
    const [said] = await once(server.stdout, "data");
    const [url = "", hint] = String(said).split("\n");
    expect((await fetch(url)).status).toBe(200);
    expect(hint).toBe("Ctrl-C ends it.");
    const taken = await callMnb(["site", "serve", output, "--port", new URL(url).port]);
    expect(taken).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/Port \d+ cannot be had/) });
    server.kill("SIGINT");
    expect(await ended).toEqual([0, null]);
  });

  it("says of no runs that there are none", async () => {
    const runs = join(folder, "runs");
    await mkdir(runs);
    const { exitCode, stderr } = await callMnb(["site", "build", join(folder, "site"), "--runs", runs]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("There is no run in");
  });

  it.each([
    [["build", "--port", "80"], /--port is for mnb site serve/],
    [["serve", "--base", "/x/"], /are for mnb site build/],
    [["build", "--base", "x"], /with both slashes/],
    [["serve", "/no/such/site"], /There is no site in/],
    [["build", import.meta.filename], /cannot be read/],
    [["build", import.meta.dirname], /files that are no site/],
    [["build", "--runs", "/no/such/runs"], /There is no folder/],
    [["paint"], /Allowed choices are build, serve/],
  ])("%j is a wrong call", async (words, message) => {
    const { exitCode, stderr } = await callMnb(["site", ...words]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
  });
});
