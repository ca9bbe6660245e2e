import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PROTOCOL_VERSION } from "@mobilenet-bench/runner";
import { create } from "tar";
import { describe, expect, it } from "vitest";
import { libraryVersions } from "../src/builds/build.ts";
import { BuildStore } from "../src/builds/build-store.ts";
import { parseBuildWord } from "../src/builds/build-word.ts";
import { gitOf } from "../src/builds/git.ts";
import { refuseForeignProtocol } from "../src/builds/job-protocol.ts";
import { obtainBuild } from "../src/builds/obtain-build.ts";
import { pinVersions } from "../src/builds/pin-versions.ts";
import { temporaryFolder, tinyRepository, writeFiles } from "./support/tiny-repository.ts";

const OWN_CHECKOUT = fileURLToPath(new URL("../..", import.meta.url));

/** The build of a word in a tiny repository, and what it said. */
async function roomOf(clone: string) {
  const said: string[] = [];
  const store = new BuildStore({ folder: join(await temporaryFolder(), "builds") });
  const room = { clone, git: gitOf(clone), store, say: (line: string) => said.push(line) };
  return {
    said,
    obtain: async (word: string) => obtainBuild(word, await parseBuildWord(word, room.git, clone), room),
  };
}

const built = ({ root }: { readonly root: string }) => readFile(join(root, "dist", "built.txt"), "utf8");

describe("a word", () => {
  it("names the working tree, a ref, a file or a folder; a ref before a file of its name", async () => {
    const { folder, git } = await tinyRepository("one", "two");
    await git("tag", "source.tgz");
    await writeFiles(folder, { "source.tgz": "", "old/x": "" });
    const kindOf = async (word: string) => parseBuildWord(word, gitOf(folder), folder);
    const head = await git("rev-parse", "HEAD");
    expect(await kindOf(".")).toEqual({ kind: "working-tree" });
    expect(await kindOf("worktree")).toEqual({ kind: "working-tree" });
    expect(await kindOf("HEAD")).toEqual({ kind: "ref", commit: head });
    expect(await kindOf("HEAD~1")).toEqual({ kind: "ref", commit: await git("rev-parse", "HEAD~1") });
    expect(await kindOf(head.slice(0, 8))).toEqual({ kind: "ref", commit: head });
    expect(await kindOf("source.tgz")).toEqual({ kind: "ref", commit: head });
    expect(await kindOf("./source.tgz")).toEqual({ kind: "tarball", path: join(folder, "source.tgz") });
    expect(await kindOf("old")).toEqual({ kind: "folder", path: join(folder, "old") });
  });

  it("can be completed from branches and tags", async () => {
    const { folder, git } = await tinyRepository("one");
    await git("tag", "v1");
    expect(await gitOf(folder).refs()).toEqual(["main", "v1"]);
    expect(await gitOf(await temporaryFolder()).refs()).toEqual([]);
  });

  it("names a version of a backend's library, and none of what has no library", async () => {
    const { folder } = await tinyRepository("one");
    const parse = (word: string) => parseBuildWord(word, gitOf(folder), folder);
    expect(await parse("ort-node@1.29.0")).toEqual({
      kind: "peer",
      peer: { backend: "ort-node", version: "1.29.0", packages: ["onnxruntime-node", "onnxruntime-common"] },
    });
    expect(await parse("tfjs-wasm@4.21")).toMatchObject({ kind: "peer", peer: { version: "4.21" } });
    await expect(parse("wasm@1.0.0")).rejects.toThrow(/wasm is made of .* Name a git ref/);
    await expect(parse("nonsense")).rejects.toThrow(/"nonsense" is no build\. Name a git ref/);
    await expect(parse("--output=x")).rejects.toThrow(/is no build/);
  });
});

describe("a build", () => {
  it("is of the commit, not of the working tree, which it leaves as it is", async () => {
    const { folder, git } = await tinyRepository("one", "two");
    await writeFiles(folder, { "source.txt": "three", "new.txt": "" });
    const before = await git("status", "--porcelain");
    const { obtain, said } = await roomOf(folder);
    const old = await obtain("HEAD~1");
    expect(await built(old)).toBe("one");
    expect(old).toMatchObject({
      word: "HEAD~1",
      kind: "ref",
      commit: await git("rev-parse", "HEAD~1"),
      dirty: false,
    });
    expect(await built(await obtain("main"))).toBe("two");
    expect(said).toContain("building one");
    expect(await git("status", "--porcelain")).toBe(before);
    const again = said.length;
    await obtain("HEAD~1");
    expect(said).toHaveLength(again);
  });

  it("of the working tree is the checkout itself", async () => {
    const { folder } = await tinyRepository("one");
    await writeFiles(folder, { "source.txt": "two" });
    expect(await (await roomOf(folder)).obtain(".")).toMatchObject({ root: folder, dirty: true });
  });

  it("is made of a tarball, with a folder around everything or without, and of a folder", async () => {
    const { folder } = await tinyRepository("one");
    const elsewhere = await temporaryFolder();
    const flat = join(elsewhere, "flat.tgz");
    const wrapped = join(elsewhere, "wrapped.tar.gz");
    await create({ file: flat, gzip: true, cwd: folder }, ["harness", "source.txt"]);
    await create({ file: wrapped, gzip: true, cwd: join(folder, "..") }, [
      `${basename(folder)}/harness`,
      `${basename(folder)}/source.txt`,
    ]);
    const { obtain } = await roomOf((await tinyRepository("other")).folder);
    for (const word of [flat, wrapped, folder]) expect(await built(await obtain(word))).toBe("one");
  });

  it("is made of a folder without git by its content, in a copy, whatever checkout lies around it", async () => {
    const around = await tinyRepository("around");
    const plain = join(around.folder, "dist", "plain");
    await cp((await tinyRepository("one")).folder, plain, { recursive: true });
    await rm(join(plain, ".git"), { recursive: true });
    await writeFiles(plain, { "dist/left.txt": "of an earlier build" });
    const { obtain } = await roomOf(around.folder);
    const build = await obtain(plain);
    expect(await built(build)).toBe("one");
    expect(build).toMatchObject({ kind: "folder", commit: null, dirty: null });
    expect(build.root).not.toContain(plain);
    expect(await readdir(join(plain, "dist"))).toEqual(["left.txt"]);
    expect((await obtain(plain)).identity).toBe(build.identity);
    await writeFiles(plain, { "source.txt": "two" });
    const changed = await obtain(plain);
    expect(changed.identity).not.toBe(build.identity);
    expect(await built(changed)).toBe("two");
  });

  it("is made in a calling folder without git, too, where only refs cannot be had", async () => {
    const { folder } = await tinyRepository("one");
    const { identity } = await (await roomOf(folder)).obtain(".");
    await rm(join(folder, ".git"), { recursive: true });
    const { obtain } = await roomOf(folder);
    expect(await obtain(".")).toEqual({
      word: ".",
      kind: "working-tree",
      root: folder,
      commit: null,
      dirty: null,
      identity,
    });
    await expect(obtain("HEAD")).rejects.toThrow(
      /"HEAD" is no build: .* no checkout of git, and knows no refs\. Name the folder itself/,
    );
    await writeFiles(folder, {
      "pnpm-workspace.yaml": "packages: []\ncatalog:\n  onnxruntime-node: 1.30.0\n",
      "node_modules/pnpm/bin/pnpm.cjs": "",
      ".gitignore": "dist/\nnode_modules/\n",
    });
    expect(await built(await obtain("ort-node@1.29.0"))).toBe("one");
  });

  it("that is broken is told with the end of what it printed", async () => {
    const { folder } = await tinyRepository("broken");
    const { obtain } = await roomOf(folder);
    await expect(obtain("HEAD")).rejects.toThrow(
      /^HEAD cannot be built:\n[^]*\| it does not compile\n[^]*Name/,
    );
  });

  it("is refused of a checkout without a set-up, and of a file that is no archive", async () => {
    const { folder } = await tinyRepository("one");
    const elsewhere = await temporaryFolder();
    await writeFile(join(elsewhere, "x.tgz"), "no archive");
    const { obtain } = await roomOf(folder);
    await expect(obtain(elsewhere)).rejects.toThrow(/has no harness.setup.setup\.mjs/);
    await expect(obtain(join(elsewhere, "x.tgz"))).rejects.toThrow(/cannot be unpacked: .*git archive/);
  });

  it("of another version holds the changes of the working tree, and that version in its catalog", async () => {
    const { folder, git } = await tinyRepository("one");
    const catalog = (version: string) =>
      `packages: []\n# Kept.\ncatalog:\n  onnxruntime-common: ${version}\n  onnxruntime-node: ${version}\n  onnxruntime-web: 1.30.0\n`;
    await writeFiles(folder, {
      "source.txt": "changed",
      "pnpm-workspace.yaml": catalog("1.30.0"),
      "node_modules/pnpm/bin/pnpm.cjs": "require('fs').writeFileSync('pnpm-lock.yaml', process.argv[2]);",
      ".gitignore": "dist/\nnode_modules/\n",
    });
    const before = await git("status", "--porcelain");
    const build = await (await roomOf(folder)).obtain("ort-node@1.29.0");
    expect(await built(build)).toBe("changed");
    expect(build).toMatchObject({ dirty: true, commit: await git("rev-parse", "HEAD") });
    expect(await readFile(join(build.root, "pnpm-workspace.yaml"), "utf8")).toBe(catalog("1.29.0"));
    expect(await readFile(join(build.root, "pnpm-lock.yaml"), "utf8")).toBe("install");
    expect(await readFile(join(folder, "pnpm-workspace.yaml"), "utf8")).toBe(catalog("1.30.0"));
    expect(await git("status", "--porcelain")).toBe(before);
  });
});

it("says so where a version is not to be had", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, {
    "pnpm-workspace.yaml": "catalog:\n  onnxruntime-node: 1.30.0\n",
    "pnpm.cjs": "console.log('ERR_PNPM_NO_MATCHING_VERSION'); process.exit(1);",
  });
  const peer = { backend: "ort-node", packages: ["onnxruntime-node"], version: "0.0.1" };
  await expect(pinVersions(folder, peer, join(folder, "pnpm.cjs"))).rejects.toThrow(
    /ort-node@0\.0\.1 cannot be had:[^]*NO_MATCHING_VERSION[^]*npm view onnxruntime-node versions/,
  );
  const other = { ...peer, packages: ["webgpu"] };
  await expect(pinVersions(folder, other, "")).rejects.toThrow(/has no webgpu in its catalog/);
});

describe("the job protocol of a build", () => {
  const speaking = async (source: string) => {
    const root = await temporaryFolder();
    await writeFiles(root, {
      "packages/runner/package.json": '{"type":"module"}',
      "packages/runner/dist/index.js": source,
    });
    return { word: "v0", kind: "ref" as const, root, commit: null, dirty: null, identity: "" };
  };

  it("is refused before anything is measured where it is another one, with the remedy", async () => {
    const foreign = await speaking("export const PROTOCOL_VERSION = 1;");
    await expect(refuseForeignProtocol(foreign, 2)).rejects.toThrow(
      /v0 speaks version 1 of the job protocol, and this harness version 2\. .*mnb compare RUN RUN/,
    );
    await expect(refuseForeignProtocol(await speaking("export {};"), 2)).rejects.toThrow(/tells no version/);
    await expect(refuseForeignProtocol(foreign, 1)).resolves.toBeUndefined();
  });

  it("is this harness's own in this checkout", async () => {
    await refuseForeignProtocol({
      word: ".",
      kind: "working-tree",
      root: OWN_CHECKOUT,
      commit: null,
      dirty: null,
      identity: "",
    });
    expect(PROTOCOL_VERSION).toBeGreaterThan(0);
  });
});

it("tells the versions of the libraries that a build has installed", async () => {
  expect(await libraryVersions({ root: OWN_CHECKOUT })).toMatchObject({
    "onnxruntime-node": expect.stringMatching(/^\d+\.\d+\.\d+/),
    "@tensorflow/tfjs-core": expect.stringMatching(/^\d+\.\d+\.\d+/),
  });
});
