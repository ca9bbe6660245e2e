import { execFile } from "node:child_process";
import {
  chmod,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { probeFile, probeFolder, readText, TooLargeError, WriteError, writeWhole } from "../src/index.ts";

const WRITE_WHOLE = new URL("../dist/index.js", import.meta.url).href;
/** Windows has no such limit, nor these permissions and links for everybody. */
const isPosix = process.platform !== "win32";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-files-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a module where no file may be longer than 4096 bytes: the kernel writes the first part, and says how much. */
function onShortDisk(code: string) {
  const command = `ulimit -f 8; "$0" --input-type=module -e "$1"`;
  return promisify(execFile)("sh", ["-c", command, process.execPath, code], { cwd: folder });
}

describe("writeWhole", () => {
  it.skipIf(process.platform !== "linux")("ends where a file system lets no folder be made", async () => {
    await expect(writeWhole("/proc/none/file", "text")).rejects.toThrow(WriteError);
    await expect(probeFolder("/proc/none")).rejects.toThrow(WriteError);
  });

  it("writes text and bytes, makes folders and leaves nothing beside", async () => {
    await writeWhole(join(folder, "a/b/text"), "é");
    await writeWhole(join(folder, "a/b/bytes"), new Uint8Array([1, 2, 3]));
    expect(await readFile(join(folder, "a/b/text"), "utf8")).toBe("é");
    expect([...(await readFile(join(folder, "a/b/bytes")))]).toEqual([1, 2, 3]);
    expect((await readdir(join(folder, "a/b"))).toSorted()).toEqual(["bytes", "text"]);
  });

  it.runIf(isPosix)("keeps the old file, and says why, where the disk takes only a part", async () => {
    await writeFile(join(folder, "kept"), "old");
    const write = `import { writeWhole } from "${WRITE_WHOLE}";
      await writeWhole("kept", "x".repeat(5000)).catch(({ name, message }) => console.log(name, message));`;
    const { stdout } = await onShortDisk(write);
    expect(stdout).toMatch(/^WriteError \[files\] kept cannot be written: .*\(EFBIG\)\. Allow larger files/);
    expect(await readFile(join(folder, "kept"), "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["kept"]);
  });

  it("believes no disk that loses bytes without a word", async () => {
    const path = join(folder, "file");
    const handle = await open(path, "w");
    const prototype = Object.getPrototypeOf(handle);
    await handle.close();
    const { writeFile: whole } = prototype;
    vi.spyOn(prototype, "writeFile").mockImplementation(function (this: unknown, bytes: unknown) {
      return whole.call(this, Buffer.from(bytes as Uint8Array).fill(0, 2));
    });
    await expect(writeWhole(path, "content")).rejects.toThrow(/read back, it is not what was written/);
    expect(await readFile(path, "utf8")).toBe("");
    expect(await readdir(folder)).toEqual(["file"]);
  });

  it.runIf(isPosix)("keeps the mode, and a link a link", async () => {
    await writeFile(join(folder, "script"), "old");
    await chmod(join(folder, "script"), 0o751);
    await symlink("script", join(folder, "link"));
    await writeWhole(join(folder, "link"), "new");
    expect((await stat(join(folder, "script"))).mode & 0o777).toBe(0o751);
    expect(await readFile(join(folder, "script"), "utf8")).toBe("new");
    expect((await readdir(folder, { withFileTypes: true })).map((entry) => entry.isSymbolicLink())).toEqual([
      true,
      false,
    ]);
  });

  it.runIf(isPosix)("writes into a device, and leaves it one", async () => {
    await symlink("/dev/null", join(folder, "null"));
    await writeWhole(join(folder, "null"), "gone");
    expect((await stat(join(folder, "null"))).isCharacterDevice()).toBe(true);
  });

  it("names the file that a folder's name was given for", async () => {
    await expect(writeWhole(folder, "x")).rejects.toThrow(WriteError);
    await expect(writeWhole(folder, "x")).rejects.toThrow(`${folder} cannot be written: `);
  });
});

describe("probes", () => {
  it("find nothing to say where files can be written, and leave nothing behind", async () => {
    await writeFile(join(folder, "there"), "old");
    await mkdir(join(folder, "in"));
    await probeFile(join(folder, "new"));
    await probeFile(join(folder, "there"));
    await probeFile(join(folder, "a/b/c"));
    await probeFolder(join(folder, "in"));
    await probeFolder(join(folder, "x/y"));
    expect((await readdir(folder)).toSorted()).toEqual(["in", "there"]);
    expect(await readFile(join(folder, "there"), "utf8")).toBe("old");
  });

  it("refuse a path through a file, a folder in a file's place and a name that is too long", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(probeFile(join(folder, "file/below"))).rejects.toThrow(/A part of this path is a file/);
    await expect(probeFolder(join(folder, "file"))).rejects.toThrow(/A part of this path is a file/);
    await expect(probeFile(folder)).rejects.toThrow(WriteError);
    await expect(probeFile(join(folder, "x".repeat(300)))).rejects.toThrow(WriteError);
  });
});

describe("writeDescriptor", () => {
  it.runIf(isPosix)("takes a part for no whole", async () => {
    const print = `import { openSync } from "node:fs"; import { writeDescriptor } from "${WRITE_WHOLE}";
      const file = openSync("out", "w");
      try { writeDescriptor(file, "x".repeat(5000)) } catch ({ message }) { console.log(message) }`;
    const { stdout } = await onShortDisk(print);
    expect(stdout).toMatch(/^EFBIG: /);
  });
});

describe("readText", () => {
  it("reads up to the limit and no further", async () => {
    await writeFile(join(folder, "text"), "é".repeat(50));
    expect(await readText(join(folder, "text"), 100)).toBe("é".repeat(50));
    await expect(readText(join(folder, "text"), 99)).rejects.toThrow(TooLargeError);
    await expect(readText(join(folder, "none"), 99)).rejects.toThrow(/ENOENT/);
  });

  it.runIf(isPosix)("gives up what has no end", async () => {
    await expect(readText("/dev/zero", 2 ** 20)).rejects.toThrow(/has more than 1 MiB/);
  });
});
