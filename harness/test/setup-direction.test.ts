import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execaNode } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { workspaceFolders } from "../setup/stamp.mjs";

const root = join(import.meta.dirname, "..", "..");
const names = workspaceFolders(root).map((folder) => folder.split(/[/\\]/).at(-1) ?? folder);

/**
 * What a package's sources may import, itself apart: spec ← backend ← backend-* ← harness; spec ← results ← docs ←
 * harness; results and model-files know only spec, and files, which knows nobody; what reads or writes models may build
 * on model-files. The compiler finds only what a manifest names.
 */
function mayImport(from: string, to: string): boolean {
  if (from === "harness") return to !== "frameworks";
  if (from === "spec" || from === "files") return false;
  if (from === "backend") return to === "spec";
  if (from === "results") return ["spec", "files", "backend"].includes(to);
  if (from === "model-files") return to === "spec" || to === "files";
  if (from === "docs") return to === "results" || to === "spec";
  // They judge: what is in files, and where a series changes.
  if (from === "frameworks")
    return ["spec", "model-files", "results"].includes(to) || to.startsWith("backend");
  if (from === "trained") return to === "spec" || to === "model-files";
  if (from === "pack") return to === "files";
  if (from === "runner") return ["spec", "backend", "results"].includes(to);
  if (from === "mutation") return ["spec", "backend", "backend-ts", "results"].includes(to);
  return to === "spec" || to === "backend" || to === "model-files";
}

/** What its tests and scripts may import besides: a model is trained and tested with backends. */
function mayDevelopWith(from: string, to: string): boolean {
  return mayImport(from, to) || (from === "trained" && to.startsWith("backend"));
}

const folderOf = (name: string) =>
  ["harness", "results", "docs"].includes(name) ? name : `packages/${name}`;

describe("the manifest", () => {
  it.each(names)("of %s names only packages that it may import", async (from) => {
    const manifest = JSON.parse(await readFile(join(root, folderOf(from), "package.json"), "utf8"));
    const ours = (dependencies: Record<string, string> = {}) =>
      Object.keys(dependencies)
        .filter((name) => name.startsWith("@mobilenet-bench/"))
        .map((name) => name.slice("@mobilenet-bench/".length));
    expect(ours(manifest.dependencies).filter((to) => !mayImport(from, to))).toEqual([]);
    expect(ours(manifest.devDependencies).filter((to) => !mayDevelopWith(from, to))).toEqual([]);
  });
});

describe("the checks of imports", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "mnb-direction-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function write(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  }

  /** The names of the rules that a package with these files breaks. */
  async function broken(files: Readonly<Record<string, string>>): Promise<string[]> {
    await write({
      "packages/one/package.json": '{ "dependencies": { "given": "1" }, "devDependencies": { "tool": "1" } }',
      ...Object.fromEntries(
        ["given", "tool", "stray"].flatMap((name) => [
          [`packages/one/node_modules/${name}/package.json`, '{ "main": "index.js" }'],
          [`packages/one/node_modules/${name}/index.js`, "export const it = 1;"],
        ]),
      ),
      ...files,
    });
    const cruise = join(root, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
    const config = join(root, ".dependency-cruiser.json");
    const words = ["packages", "--config", config, "--output-type", "json"];
    const { stdout } = await execaNode(cruise, words, { cwd: folder, reject: false });
    const { violations } = JSON.parse(stdout).summary;
    return violations.map(({ rule }: { rule: { name: string } }) => rule.name);
  }

  it("let through what is in order", async () => {
    const files = {
      "packages/one/dist/index.js": 'export { it } from "given"; export { b } from "./b/b.js";',
      "packages/one/dist/b/b.js": 'export { c as b } from "../c/c.js";',
      "packages/one/dist/c/c.js": "export const c = 1;",
    };
    expect(await broken(files)).toEqual([]);
  });

  it("find a circle of folders where none of files is", async () => {
    const files = {
      "packages/one/dist/b/b.js": 'export { c as b } from "../c/c.js";',
      "packages/one/dist/b/other.js": "export const other = 1;",
      "packages/one/dist/c/c.js": "export const c = 1;",
      "packages/one/dist/c/far.js": 'export const far = () => import("../b/other.js");',
    };
    expect(new Set(await broken(files))).toEqual(new Set(["no-circle-between-folders"]));
  });

  it.each([
    ["whoever installs the package does not get", "tool"],
    ["the manifest does not name", "stray"],
    ["is not there", "nowhere"],
  ])("find an import that %s", async (_, from) => {
    const files = { "packages/one/dist/index.js": `export * from "${from}";` };
    expect(await broken(files)).toEqual(["only-what-is-installed"]);
  });

  it.each([
    ["packages/one/src/one.ts", "../../two/src/index.ts", true],
    ["packages/one/test/one.test.ts", "../../two/dist/index.js", true],
    ["harness/src/cli/main.ts", "../../../packages/one/src/index.ts", true],
    ["packages/one/test/one.test.ts", "../src/one.ts", false],
    // It runs before packages are there.
    ["harness/setup/early.mjs", "commander", true],
    ["harness/setup/early.mjs", "node:fs", false],
  ])("of %s from %s", async (path, from, isRefused) => {
    const { options: _, ...rules } = JSON.parse(await readFile(join(root, ".oxlintrc.json"), "utf8"));
    const text = `import { it } from "${from}";\nexport const its = it;\n`;
    await write({ ".oxlintrc.json": JSON.stringify(rules), [path]: text });
    const oxlint = join(root, "node_modules", "oxlint", "bin", "oxlint");
    const { stdout } = await execaNode(oxlint, ["--format=json"], { cwd: folder, reject: false });
    const { diagnostics }: { diagnostics: { code: string }[] } = JSON.parse(stdout);
    expect(diagnostics.some(({ code }) => code.includes("no-restricted-imports"))).toBe(isRefused);
  });
});
