import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSite, serveSite, SiteError } from "@mobilenet-bench/docs/build";
import { readRun, writeRun } from "@mobilenet-bench/results/store";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { publishedFolder } from "../src/folders.ts";
import { callMnb } from "./support/call-mnb.ts";

let folder = "";
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "mnb-site-build-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const NOW = new Date("2026-11-23T01:02:03.000Z");

describe("a site", () => {
  it("is the same of the same runs, takes the place of an older one, and nothing stays of that", async () => {
    const output = join(folder, "site");
    const options = { runs: publishedFolder(), output, now: NOW };
    await buildSite(options);
    const first = await readFile(join(output, "index.html"), "utf8");
    await writeFile(join(output, "left-over.html"), "");
    await buildSite(options);
    expect(await readFile(join(output, "index.html"), "utf8")).toBe(first);
    expect(await readdir(output)).not.toContain("left-over.html");
    expect(await readdir(folder)).toEqual(["site"]);
  });

  it("takes the place of nothing else", async () => {
    await writeFile(join(folder, "thesis.txt"), "of years");
    await expect(buildSite({ runs: publishedFolder(), output: folder, now: NOW })).rejects.toThrow(SiteError);
    expect(await readdir(folder)).toEqual(["thesis.txt"]);
  });

  it("leaves the older one where a run is torn, and nothing beside it", async () => {
    const [runs, output] = [join(folder, "runs"), join(folder, "site")];
    await buildSite({ runs: publishedFolder(), output, now: NOW });
    await mkdir(runs);
    await writeFile(join(runs, "2026-11-22-000000000000.json"), "{");
    await expect(buildSite({ runs, output, now: NOW })).rejects.toThrow(/torn or no JSON/);
    expect((await readdir(folder)).toSorted()).toEqual(["runs", "site"]);
    expect(await readdir(output)).toContain("index.html");
  });

  it("is the same with what is known of its runs, and where that is torn", async () => {
    const [output, cache] = [join(folder, "site"), join(folder, "cache")];
    const options = { runs: publishedFolder(), output, now: NOW };
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
    expect(await readdir(cache)).toHaveLength(2);
  });

  it.each([
    ["machine", { environment: { machine: "../../evil" } }],
    ["id", { id: "../../evil" }],
  ])("writes nothing beside itself where the %s of a run leads there", async (_, change) => {
    const runs = join(folder, "runs");
    const run = await readRun(join(publishedFolder(), "2026-11-22-41dd91654feb.json"));
    const environment = { ...run.environment, ...("environment" in change && change.environment) };
    await writeRun(runs, { ...run, ...change, environment });
    await expect(buildSite({ runs, output: join(folder, "a", "site"), now: NOW })).rejects.toThrow(
      /no path that/,
    );
    expect(await readdir(folder, { recursive: true })).toEqual(
      expect.not.arrayContaining([expect.stringContaining("evil")]),
    );
  });

  it("needs a run", async () => {
    const output = join(folder, "site");
    await expect(buildSite({ runs: join(folder, "runs"), output, now: NOW })).rejects.toThrow(
      /There is no run in/,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it("has no file that some system could not hold", async () => {
    const output = join(folder, "site");
    await buildSite({ runs: publishedFolder(), output, now: NOW });
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
    await buildSite({ runs: publishedFolder(), output, now: NOW });
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
  it.each([
    [["build", "--port", "80"], /--port is for mnb site serve/],
    [["serve", "--base", "/x/"], /are for mnb site build/],
    [["build", "--base", "x"], /with both slashes/],
    [["serve", "/no/such/site"], /There is no site in/],
    [["paint"], /Allowed choices are build, serve/],
  ])("%j is a wrong call", async (words, message) => {
    const { exitCode, stderr } = await callMnb(["site", ...words]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
  });
});
