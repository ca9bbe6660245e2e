import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sweepBuilt } from "../setup/sweep-built.mjs";
import { temporaryFolder, writeFiles } from "./support/tiny-repository.ts";

/** All that the compiler makes of a source. */
const built = (name: string) =>
  Object.fromEntries([".js", ".js.map", ".d.ts", ".d.ts.map"].map((ending) => [`${name}${ending}`, ""]));

it("deletes what was built of sources that are gone, and nothing else", async () => {
  const root = await temporaryFolder();
  await writeFiles(root, {
    "pnpm-workspace.yaml": "packages:\n  - docs\n  - packages/*\n",
    "docs/package.json": "{}",
    "docs/src/page.tsx": "",
    "docs/build/site.ts": "",
    "docs/dist/client/main-1234.js": "",
    ...built("docs/dist/src/page"),
    ...built("docs/dist/build/site"),
    ...built("docs/dist/build/moved"),
    "packages/spec/package.json": "{}",
    "packages/spec/src/index.ts": "",
    "packages/spec/dist/worker.js": "",
    ...built("packages/spec/dist/index"),
    ...built("packages/spec/dist/old/gone"),
    "packages/unbuilt/package.json": "{}",
  });
  expect(sweepBuilt(root)).toEqual([
    join("docs", "dist", "build", "moved"),
    join("packages", "spec", "dist", "old", "gone"),
  ]);
  const left = (folder: string) => readdir(join(root, folder));
  expect(await left("docs/dist/build")).toEqual(["site.d.ts", "site.d.ts.map", "site.js", "site.js.map"]);
  expect(await left("docs/dist/client")).toEqual(["main-1234.js"]);
  expect(await left("packages/spec/dist/old")).toEqual([]);
  expect(await left("packages/spec/dist")).toContain("worker.js");
  expect(sweepBuilt(root)).toEqual([]);
});
