import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { BuildStore } from "../src/builds/build-store.ts";
import { temporaryFolder } from "./support/tiny-repository.ts";

/** Makes builds with the file `made` in them, and counts. */
function maker(text = "made") {
  const made: string[] = [];
  return {
    made,
    make: async (folder: string) => {
      made.push(folder);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await writeFile(join(folder, "made"), text);
    },
  };
}

it("makes a build once, and has it the next time", async () => {
  const folder = join(await temporaryFolder(), "builds");
  const { made, make } = maker();
  const root = await new BuildStore({ folder }).obtain("abc", make);
  expect(root).toBe(join(folder, "abc"));
  expect(await readFile(join(root, "made"), "utf8")).toBe("made");
  expect(await new BuildStore({ folder }).obtain("abc", make)).toBe(root);
  expect(made).toHaveLength(1);
});

it("makes it once where two want it at the same moment, and one is told to wait", async () => {
  const folder = join(await temporaryFolder(), "builds");
  const { made, make } = maker();
  const said: string[] = [];
  const say = (text: string) => said.push(text);
  await Promise.all([1, 2].map(() => new BuildStore({ folder, say }).obtain("abc", make)));
  expect(made).toHaveLength(1);
  expect(said).toEqual([expect.stringContaining("waiting")]);
});

it("leaves nothing of what failed, nor takes what was left behind for a build", async () => {
  const folder = await temporaryFolder();
  const store = new BuildStore({ folder });
  const broken = store.obtain("abc", async (into) => {
    await writeFile(join(into, "half"), "");
    throw new Error("broken");
  });
  await expect(broken).rejects.toThrow("broken");
  expect(await readdir(folder)).toEqual([]);
  await mkdir(join(folder, "abc"));
  await writeFile(join(folder, "abc", "half"), "");
  const root = await store.obtain("abc", maker().make);
  expect((await readdir(root)).toSorted()).toEqual(["build.json", "made"]);
});

it("makes it anew for another platform", async () => {
  const folder = await temporaryFolder();
  const { made, make } = maker();
  await new BuildStore({ folder, platform: "linux-x64" }).obtain("abc", make);
  await new BuildStore({ folder, platform: "darwin-arm64" }).obtain("abc", make);
  expect(made).toHaveLength(2);
});

it("removes what was not wanted for the longest time, and nothing that is in use", async () => {
  const folder = await temporaryFolder();
  const hour = 3_600_000;
  let now = Date.now();
  const store = new BuildStore({ folder, most: 2, now: () => now });
  const { make } = maker();
  for (const key of ["a", "b"]) {
    await store.obtain(key, make);
    now += hour;
  }
  await store.obtain("a", make);
  now += hour;
  await store.obtain("c", make);
  expect((await readdir(folder)).toSorted()).toEqual(["a", "c"]);
  // Somebody measures "a" and touches its record meanwhile.
  now += hour;
  await utimes(join(folder, "a", "build.json"), new Date(now), new Date(now));
  await store.obtain("d", make);
  await store.obtain("e", make);
  expect(existsSync(join(folder, "a"))).toBe(true);
  expect(existsSync(join(folder, "c"))).toBe(false);
});
