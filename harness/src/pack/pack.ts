import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeWhole } from "@mobilenet-bench/files";
import { BACKEND_IDS, isBackendId, type BackendId } from "../backends.ts";
import { sourceCommit } from "../environment/commit.ts";
import { packsFolder, rootFolder } from "../folders.ts";
import { probeOutput } from "../probe-output.ts";
import { UsageError } from "../usage-error.ts";
import { countMembers, END_OF_ARCHIVE, gzipMembers, tarBlocks } from "./archive.ts";
import { thisPack, type Pack } from "./manifest.ts";
import { gatherParts, withThoseAlwaysThere } from "./parts.ts";

export interface PackSettings {
  readonly backends: readonly BackendId[];
  readonly maxBytes: number;
  /** The archive; in `.mnb/packs` without this. */
  readonly output?: string;
}

/** Told while the archive is compressed. */
export interface PackHooks {
  readonly onBegin: (steps: number) => void;
  readonly onStep: (part: string) => void;
  readonly onPart: (part: PartSize) => void;
}

export interface PartSize {
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
  readonly compressedBytes: number;
}

export interface Packed {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly pack: Pack;
  readonly parts: readonly PartSize[];
}

const PLATFORM = "linux-x64";
export const MIB = 2 ** 20;

/**
 * Writes one archive that runs on a bare Linux x64 machine. The same source and the same Node make the same bytes.
 * @throws UsageError where that cannot be done here, or the archive would be too large
 * @throws WriteError where it does not fit
 */
export async function writePack(
  { backends, maxBytes, output }: PackSettings,
  hooks: PackHooks,
): Promise<Packed> {
  const project = rootFolder();
  if (thisPack !== null || project === undefined)
    throw new UsageError("Packs are made of a clone of the project. Run mnb pack in one.");
  if (`${process.platform}-${process.arch}` !== PLATFORM)
    throw new UsageError(
      `A pack holds the Node that runs here, for ${process.platform} on ${process.arch}. Make it on Linux x64.`,
    );
  const chosen = withThoseAlwaysThere(backends, BACKEND_IDS.filter(isBackendId));
  const { commit, dirty } = await sourceCommit(project);
  const pack: Pack = {
    commit,
    dirty,
    node: process.versions.node,
    platform: PLATFORM,
    backends: [...chosen],
  };
  const path = output ?? join(packsFolder(), fileName(pack));
  await probeOutput(path, "file");
  const parts = await Promise.all(
    (await gatherParts(project, pack, chosen)).map(async ({ name, entries }) => ({
      name,
      files: entries.length,
      blocks: await tarBlocks(entries),
    })),
  );
  hooks.onBegin(parts.reduce((sum, { blocks }) => sum + countMembers(blocks), 0));
  const compressed = await Promise.all(
    parts.map(async ({ name, files, blocks }) => {
      const members = await gzipMembers(blocks, () => hooks.onStep(name));
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
    pack,
    parts: sizes,
  };
}

/** @throws UsageError that names what is large */
export function checkSize(bytes: number, maxBytes: number, parts: readonly PartSize[]): void {
  if (bytes <= maxBytes) return;
  const largest = parts.toSorted((a, b) => b.compressedBytes - a.compressedBytes).slice(0, 3);
  const names = largest.map(({ name, compressedBytes }) => `${name} (${inMiB(compressedBytes)})`);
  throw new UsageError(
    `The pack would have ${inMiB(bytes)}, more than ${inMiB(maxBytes)}; the largest parts are ${names.join(", ")}. Choose fewer with --backend, or allow more with --max-size.`,
  );
}

export function inMiB(bytes: number): string {
  return `${(bytes / MIB).toFixed(2)} MiB`;
}

function fileName({ commit, dirty, platform }: Pack): string {
  return `mobilenet-bench-${platform}-${commit?.slice(0, 12) ?? "unknown"}${dirty ? "-dirty" : ""}.tar.gz`;
}
