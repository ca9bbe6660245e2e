import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppendedFile, WriteError } from "../src/index.ts";

const DIST = new URL("../dist/index.js", import.meta.url).href;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-appended-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const path = () => join(folder, "new", "lines");
const text = () => readFile(path(), "utf8");

describe("AppendedFile", () => {
  it("holds what was appended as soon as that is told, in the order in which it was asked for", async () => {
    const file = await AppendedFile.create(path());
    await file.append("one\n");
    expect(await text()).toBe("one\n");
    await Promise.all(["two\n", "drei ±\n", "four\n"].map((line) => file.append(line)));
    expect(await text()).toBe("one\ntwo\ndrei ±\nfour\n");
    await file.close();
  });

  it("is never one that was there", async () => {
    await (await AppendedFile.create(path())).close();
    await expect(AppendedFile.create(path())).rejects.toThrow(WriteError);
  });

  it.skipIf(process.platform === "win32")(
    "keeps what was whole where the disk is full, and appends no more",
    async () => {
      const script = `
        const { AppendedFile } = await import(${JSON.stringify(DIST)});
        const file = await AppendedFile.create(${JSON.stringify(path())});
        const told = [];
        for (const line of ["a".repeat(400) + "\\n", "b".repeat(400) + "\\n", "c\\n"])
          told.push(await file.append(line).then(() => "kept", (error) => error.message));
        process.stdout.write(JSON.stringify(told));
      `;
      const limited = ["-c", 'ulimit -f 1; exec "$@"', "sh", process.execPath, "--input-type=module", "-e"];
      const { stdout } = await promisify(execFile)("sh", [...limited, script]);
      const [first, ...others] = JSON.parse(stdout);
      expect(first).toBe("kept");
      for (const other of others) expect(other).toMatch(/lines cannot be written: .*\(EFBIG\)/);
      expect((await text()).split("\n")[0]).toBe("a".repeat(400));
      expect(await text()).not.toContain("c");
    },
  );
});
