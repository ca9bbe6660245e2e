import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createProfile } from "../src/target/browser/profile.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-profiles-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** A profile as a browser leaves it. */
async function leave(name: string): Promise<string> {
  const profile = join(folder, name);
  await mkdir(join(profile, "Default", "Cache"), { recursive: true });
  await writeFile(join(profile, "Default", "Cache", "data_0"), "0");
  return profile;
}

it("removes what a killed process has left, and nothing of those that live", async () => {
  const owner = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const theirs = await leave(`mnb-profile-${owner.pid}-abcdef`);
  const [others, unlike] = [await leave("mnb-profile-of-mine"), await leave("profile-1-abcdef")];
  const first = await createProfile(folder);
  expect([theirs, first.folder, others, unlike].filter((path) => !existsSync(path))).toEqual([]);

  owner.kill("SIGKILL");
  await once(owner, "exit");
  const second = await createProfile(folder);
  expect((await readdir(folder)).toSorted()).toEqual(
    [first.folder, second.folder, others, unlike].map((path) => basename(path)).toSorted(),
  );
});

it("removes its own with everything in it", async () => {
  const { folder: profile, remove } = await createProfile(folder);
  await writeFile(join(profile, "Local State"), "{}");
  await remove();
  expect(await readdir(folder)).toEqual([]);
});
