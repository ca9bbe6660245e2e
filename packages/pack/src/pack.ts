import { createHash } from "node:crypto";
import { join } from "node:path";
import { probeFile, WriteError, writeWhole } from "@mobilenet-bench/files";
import { countMembers, END_OF_ARCHIVE, gzipMembers, tarBlocks } from "./archive.ts";
import type { Facts } from "./facts.ts";
import { PackError } from "./pack-error.ts";
import { gatherParts, type Selection } from "./parts.ts";
import { inMiB } from "./size.ts";

/** What goes into an archive, where it goes, and how large it may get. */
export interface PackSettings extends Pick<Selection, "project" | "backends" | "factsFile"> {
  /** The ids of the backends that are packed. */
  readonly chosen: readonly string[];
  /** Which source is packed. */
  readonly source: Pick<Facts, "commit" | "dirty">;
  /** Where the archive goes, under a name that tells its source, unless there is an `output`. */
  readonly folder: string;
  /** The archive. */
  readonly output?: string;
  readonly maxBytes: number;
  /** Of zlib, from 1 (the fastest) to 9 (the smallest archive), which it is without this. */
  readonly level?: number;
}

/** Told while the archive is compressed. */
export interface PackHooks {
  readonly onBegin: (steps: number) => void;
  readonly onStep: (part: string) => void;
  readonly onPart: (part: PartSize) => void;
}

/** What one part of a pack adds to it. */
export interface PartSize {
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
  readonly compressedBytes: number;
}

/** The archive that was written. */
export interface Packed {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly facts: Facts;
  readonly parts: readonly PartSize[];
}

const PLATFORM = "linux-x64";

/**
 * Writes one archive that runs on a bare Linux x64 machine. The same source and the same Node make the same bytes.
 * @throws PackError where that cannot be done here, or the archive would be too large
 * @throws WriteError where it does not fit
 */
export async function writePack(
  { project, backends, factsFile, chosen, source, folder, output, maxBytes, level }: PackSettings,
  hooks: PackHooks,
): Promise<Packed> {
  if (`${process.platform}-${process.arch}` !== PLATFORM)
    throw new PackError(
      `A pack holds the Node that runs here, for ${process.platform} on ${process.arch}. Make it on Linux x64.`,
    );
  const facts = { ...source, node: process.versions.node, platform: PLATFORM, backends: [...chosen] };
  const path = output ?? join(folder, fileName(facts));
  await probe(path);
  const parts = await Promise.all(
    (await gatherParts({ project, facts, factsFile, backends })).map(async ({ name, entries }) => ({
      name,
      files: entries.length,
      blocks: await tarBlocks(entries),
    })),
  );
  hooks.onBegin(parts.reduce((sum, { blocks }) => sum + countMembers(blocks), 0));
  const compressed = await Promise.all(
    parts.map(async ({ name, files, blocks }) => {
      const members = await gzipMembers(blocks, () => hooks.onStep(name), level);
      const size = { name, files, bytes: blocks.length, compressedBytes: members.length };
      hooks.onPart(size);
      return { size, members };
    }),
  );
  const end = await gzipMembers(END_OF_ARCHIVE, () => {});
  const archive = Buffer.concat([...compressed.map(({ members }) => members), end]);
  const sizes = compressed.map(({ size }) => size);
  checkSize(archive.length, maxBytes, sizes);
  await writeWhole(path, archive);
  return {
    path,
    bytes: archive.length,
    sha256: createHash("sha256").update(archive).digest("hex"),
    facts,
    parts: sizes,
  };
}

/** @throws PackError that names what is large */
export function checkSize(bytes: number, maxBytes: number, parts: readonly PartSize[]): void {
  if (bytes <= maxBytes) return;
  const largest = parts.toSorted((a, b) => b.compressedBytes - a.compressedBytes).slice(0, 3);
  const names = largest.map(({ name, compressedBytes }) => `${name} (${inMiB(compressedBytes)})`);
  throw new PackError(
    `The pack would have ${inMiB(bytes)}, more than ${inMiB(maxBytes)}; the largest parts are ${names.join(", ")}. Choose fewer with --backend, or allow more with --max-size.`,
  );
}

/** Asked before anything long begins. */
async function probe(path: string): Promise<void> {
  try {
    await probeFile(path);
  } catch (error) {
    if (error instanceof WriteError) throw new PackError(error.message, { cause: error });
    throw error;
  }
}

function fileName({ commit, dirty, platform }: Facts): string {
  return `mobilenet-bench-${platform}-${commit?.slice(0, 12) ?? "unknown"}${dirty ? "-dirty" : ""}.tar.gz`;
}
