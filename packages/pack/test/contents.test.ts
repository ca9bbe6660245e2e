import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPackages, reachableFrom, type Package } from "../src/closure.ts";
import { isNeeded } from "../src/files.ts";
import { layOut, whereNodeLooks } from "../src/layout.ts";

let folder = "";
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "mnb-pack-")));
});
afterAll(() => rm(folder, { recursive: true }));

describe("the layout", () => {
  /** Packages of a few names in several versions; each needs some of those after it, one version of a name. */
  const graphs = fc
    .array(fc.tuple(fc.constantFrom("a", "b", "c", "@s/d"), fc.array(fc.nat(), { maxLength: 5 })), {
      minLength: 1,
      maxLength: 12,
    })
    .map((drawn) => {
      const packages = drawn.map(([name, needs], i): Package => {
        const later = drawn.slice(i + 1).map(([name], j) => [name, `/store/${i + 1 + j}`] as const);
        const needed = later.length > 0 ? needs.map((need) => later[need % later.length]!) : [];
        return { name, folder: `/store/${i}`, dependencies: new Map(needed) };
      });
      return new Map(packages.map((one) => [one.folder, one]));
    });

  it("lets Node find for every package what it was installed with", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const places = layOut(graph, "/store/0", "lib");
        for (const [place, from] of places)
          for (const [name, wanted] of graph.get(from)?.dependencies ?? []) {
            const found = whereNodeLooks(place, name).find((candidate) => places.has(candidate));
            expect(found && places.get(found)).toBe(wanted);
          }
      }),
    );
  });

  it("looks where Node looks, nearest first", () => {
    expect(whereNodeLooks("lib/node_modules/@s/a/node_modules/b", "c")).toEqual([
      "lib/node_modules/@s/a/node_modules/b/node_modules/c",
      "lib/node_modules/@s/a/node_modules/c",
      "lib/node_modules/c",
    ]);
  });
});

it("goes around circles of packages", () => {
  const graph = circle();
  expect([...layOut(graph, "/a", "lib").keys()]).toEqual(["lib/node_modules/a", "lib/node_modules/b"]);
  expect(reachableFrom("/a", graph, new Set())).toEqual(new Set(["/a", "/b"]));
  expect(reachableFrom("/a", graph, new Set(["/b"]))).toEqual(new Set(["/a"]));
});

function circle(): Map<string, Package> {
  return new Map([
    ["/a", { name: "a", folder: "/a", dependencies: new Map([["b", "/b"]]) }],
    ["/b", { name: "b", folder: "/b", dependencies: new Map([["a", "/a"]]) }],
  ]);
}

describe("finding packages", () => {
  async function install(path: string, manifest: object) {
    await mkdir(join(folder, path), { recursive: true });
    await writeFile(join(folder, path, "package.json"), JSON.stringify(manifest));
  }
  const foundFrom = async (path: string, isLeftOut: (name: string) => boolean = () => false) =>
    [...(await findPackages(join(folder, path), isLeftOut)).keys()].map((found) => relative(folder, found));

  beforeAll(async () => {
    await install("tree/start", {
      name: "start",
      dependencies: { linked: "1" },
      devDependencies: { tool: "1" },
      optionalDependencies: { "other-system": "1" },
      peerDependencies: { peer: "1", wish: "1" },
      peerDependenciesMeta: { wish: { optional: true } },
    });
    await install("tree/store/linked", { name: "linked", dependencies: { near: "1" } });
    for (const name of ["tool", "peer", "wish"]) await install(`tree/node_modules/${name}`, { name });
    await install("tree/store/node_modules/near", { name: "near" });
    await install("tree/broken", { name: "broken", dependencies: { nowhere: "1" } });
    await symlink(join(folder, "tree/store/linked"), join(folder, "tree/node_modules/linked"));
  });

  it("follows links, and what is needed at run time alone", async () => {
    expect(await foundFrom("tree/start")).toEqual([
      "tree/start",
      "tree/store/linked",
      "tree/node_modules/peer",
      "tree/store/node_modules/near",
    ]);
    expect(await foundFrom("tree/start", (name) => name === "linked")).toEqual([
      "tree/start",
      "tree/node_modules/peer",
    ]);
  });

  it("says what is not installed", async () => {
    await expect(foundFrom("tree/broken")).rejects.toThrow(/nowhere, which broken needs, is not installed/);
  });
});

it.each([
  ["left", "bin/napi-v6/linux/x64/libonnxruntime.so.1", true],
  ["left", "bin/napi-v6/linux/arm64/libonnxruntime.so.1", false],
  ["left", "bin/napi-v6/darwin/arm64/libonnxruntime.1.dylib", false],
  ["webgpu", "dist/linux-x64/dawn.node", true],
  ["webgpu", "dist/linux-arm64/dawn.node", false],
  ["webgpu", "dist/darwin-universal/dawn.node", false],
  ["left", "prebuilt.node", true],
  ["left", "lib/linux/arm64/index.js", true],
  ["left", "index.js.map", false],
  ["left", "index.d.cts", false],
  ["left", "LICENSE.md", true],
  ["left", "ThirdPartyNotices.txt", true],
  ["left", "COPYING", true],
  ["left", "parts/notices.tsx", false],
  ["left", "parts/copying.ts", false],
  ["left", "README.md", false],
  ["onnxruntime-web", "dist/ort.all.min.mjs", false],
  ["onnxruntime-web", "dist/ort-wasm-simd-threaded.wasm", true],
  ["@mobilenet-bench/spec", "src/model.js", false],
  ["@mobilenet-bench/spec", "dist/model.js", true],
  ["@mobilenet-bench/harness", "ratchet.json", true],
])("of %s, %s is needed: %s", (name, path, needed) => {
  expect(isNeeded(name, path)).toBe(needed);
});
