import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { installKey, readRecord, workspaceFolders, writeRecord } from "../setup/stamp.mjs";

const SETTINGS = `# A workspace
packages:
  - packages/*
  - "harness"

catalog:
  vitest: 1.0.0
`;

let root = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "mnb-stamp-"));
  for (const folder of ["packages/a", "packages/b", "packages/empty", "harness", "elsewhere"]) {
    await mkdir(join(root, folder), { recursive: true });
    if (folder !== "packages/empty")
      await writeFile(join(root, folder, "package.json"), `{"name":"${folder}"}`);
  }
  await writeFile(join(root, "pnpm-workspace.yaml"), SETTINGS);
  for (const file of ["package.json", "pnpm-lock.yaml", ".npmrc"]) await writeFile(join(root, file), "{}");
});

afterEach(() => rm(root, { recursive: true }));

it("finds the packages that the workspace lists", () => {
  expect(workspaceFolders(root)).toEqual(["harness", join("packages", "a"), join("packages", "b")]);
});

it("keeps its key while nothing that decides about the install changes", async () => {
  const before = installKey(root);
  await writeFile(join(root, "packages/a/index.ts"), "export {};");
  await writeFile(join(root, "elsewhere/package.json"), "{}");
  expect(installKey(root)).toBe(before);
});

it.each(["pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc", "package.json", "packages/b/package.json"])(
  "has another key after a change of %s",
  async (file) => {
    const before = installKey(root);
    await appendFile(join(root, file), "\n");
    expect(installKey(root)).not.toBe(before);
  },
);

it("has another key when a package joins", async () => {
  const before = installKey(root);
  await writeFile(join(root, "packages/empty/package.json"), "{}");
  expect(installKey(root)).not.toBe(before);
});

it("reads back a record, leaves no other file, and takes a torn one for none", async () => {
  const path = join(root, "state", "record.json");
  expect(readRecord(path)).toBeUndefined();
  writeRecord(path, { key: "k" });
  expect(readRecord(path)).toEqual({ key: "k" });
  expect(await readdir(join(root, "state"))).toEqual(["record.json"]);
  await writeFile(path, '{"key": "k');
  expect(readRecord(path)).toBeUndefined();
});
