import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workspaceFolders } from "../setup/stamp.mjs";

const root = join(import.meta.dirname, "..", "..");
const names = workspaceFolders(root).map((folder) => folder.split(/[/\\]/).at(-1) ?? folder);

/**
 * What a package's sources may import, itself apart: spec ← backend ← backend-* ← harness; results and model-files know
 * only spec, and files, which knows nobody; what reads or writes models may build on model-files.
 */
function mayImport(from: string, to: string): boolean {
  if (from === "harness") return to !== "docs" && to !== "frameworks";
  if (from === "spec" || from === "files") return false;
  if (from === "backend") return to === "spec";
  if (from === "results" || from === "model-files") return to === "spec" || to === "files";
  if (from === "docs") return to === "results" || to === "spec";
  if (from === "frameworks") return to === "spec" || to === "model-files" || to.startsWith("backend");
  if (from === "trained") return to === "spec" || to === "model-files";
  if (from === "pack") return to === "files";
  if (from === "mutation") return ["spec", "backend", "backend-ts", "results"].includes(to);
  return to === "spec" || to === "backend" || to === "model-files";
}

/** What its tests and scripts may import besides: a model is trained and tested with backends. */
function mayDevelopWith(from: string, to: string): boolean {
  return mayImport(from, to) || (from === "trained" && to.startsWith("backend"));
}

const folderOf = (name: string) =>
  ["harness", "results", "docs"].includes(name) ? name : `packages/${name}`;
const everyName = [...new Set([...names, "docs"])];
const pairs = everyName.flatMap((from) => everyName.filter((to) => to !== from).map((to) => ({ from, to })));

describe("the lint rule", () => {
  let folder = "";
  let complaints: { filename: string; code: string; message: string }[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mnb-direction-"));
    const { options: _, ...rules } = JSON.parse(await readFile(join(root, ".oxlintrc.json"), "utf8"));
    await write(".oxlintrc.json", JSON.stringify(rules));
    for (const { from, to } of pairs) {
      await write(`${folderOf(from)}/src/${to}.ts`, `export { it } from "@mobilenet-bench/${to}";\n`);
      await write(
        `${folderOf(from)}/src/${to}-lazily.ts`,
        `export const it = import("@mobilenet-bench/${to}");\n`,
      );
    }
    await write("packages/spec/src/around.ts", 'export { it } from "../../backend/src/index.ts";\n');
    await write("harness/setup/early.mjs", 'import { it } from "commander";\nconsole.log(it);\n');
    complaints = await lint();
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true }));

  async function write(path: string, text: string) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }

  async function lint() {
    const oxlint = join(root, "node_modules", "oxlint", "bin", "oxlint");
    const output = await new Promise<string>((resolve) => {
      execFile(process.execPath, [oxlint, "--format=json"], { cwd: folder }, (_, stdout) => resolve(stdout));
    });
    return JSON.parse(output).diagnostics;
  }

  const restrictedIn = (path: string) =>
    complaints.some(({ filename, code }) => filename === path && code.includes("no-restricted-imports"));

  it.each(pairs)("from $from to $to", ({ from, to }) => {
    const path = `${folderOf(from)}/src/${to}`;
    expect(restrictedIn(`${path}.ts`)).toBe(!mayImport(from, to));
    expect(restrictedIn(`${path}-lazily.ts`)).toBe(!mayImport(from, to));
  });

  it("sees an import that goes around the package's name", () => {
    expect(restrictedIn("packages/spec/src/around.ts")).toBe(true);
  });

  it("keeps packages out of the set-up, which runs before they are there", () => {
    expect(restrictedIn("harness/setup/early.mjs")).toBe(true);
  });
});

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
