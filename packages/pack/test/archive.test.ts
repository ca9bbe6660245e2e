import { mkdtemp, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { END_OF_ARCHIVE, gzipMembers, tarBlocks, type Entry } from "../src/archive.ts";
import { checkSize } from "../src/pack.ts";
import { MIB } from "../src/size.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-archive-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("the archive", () => {
  const long = `mobilenet-bench/${"deep/".repeat(60)}file.txt`;
  const entries: Entry[] = [
    { path: "mobilenet-bench/run", content: "#!/bin/sh\n", isExecutable: true },
    { path: "mobilenet-bench/empty", content: "" },
    { path: long, content: "long" },
    { path: "mobilenet-bench/block", content: "x".repeat(512) },
  ];

  it("unpacks to what went in, in several members", async () => {
    const file = join(folder, "small.tar.gz");
    const parts = [entries.slice(0, 2), entries.slice(2)].map(async (part) =>
      gzipMembers(await tarBlocks(part), () => {}),
    );
    await writeFile(
      file,
      Buffer.concat([...(await Promise.all(parts)), await gzipMembers(END_OF_ARCHIVE, () => {})]),
    );
    await execa("tar", ["xzf", file], { cwd: folder });
    for (const { path, content } of entries) expect(await readFile(join(folder, path), "utf8")).toBe(content);
    expect((await stat(join(folder, "mobilenet-bench/run"))).mode & 0o777).toBe(0o755);
    expect((await stat(join(folder, "mobilenet-bench/block"))).mode & 0o111).toBe(0);
  });

  it("holds the same bytes for the same files, whenever they were written", async () => {
    const file = join(folder, "twice.txt");
    const blocks = async (written: Date) => {
      await writeFile(file, "same");
      await utimes(file, written, written);
      return tarBlocks([{ path: "twice.txt", content: { file } }, ...entries]);
    };
    const first = await blocks(new Date("2020-01-01"));
    expect((await blocks(new Date("2024-06-01"))).equals(first)).toBe(true);
  });

  it("loses nothing where the bytes fill several members", async () => {
    const bytes = Buffer.alloc(20 * MIB, "mult-adds ");
    let members = 0;
    const compressed = await gzipMembers(bytes, () => members++);
    expect(members).toBe(3);
    expect(gunzipSync(compressed).equals(bytes)).toBe(true);
  });

  it("is refused above the limit, with the largest parts and what to do", () => {
    const sizes = [3, 40, 1, 30].map((size, i) => ({
      name: `part${i}`,
      files: 1,
      bytes: size * MIB,
      compressedBytes: size * MIB,
    }));
    expect(() => checkSize(74 * MIB, 74 * MIB, sizes)).not.toThrow();
    expect(() => checkSize(74 * MIB, 60 * MIB, sizes)).toThrow(
      /74\.00 MiB.*60\.00 MiB.*part1 \(40\.00 MiB\), part3 \(30\.00 MiB\), part0.*--max-size/,
    );
  });
});
