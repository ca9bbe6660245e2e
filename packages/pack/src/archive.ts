import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { constants, gzip as gzipCallback } from "node:zlib";
import { Header, Pax, type HeaderData } from "tar";

/** A file in an archive. */
export interface Entry {
  /** Within the archive, with forward slashes. */
  readonly path: string;
  /** What it holds: text, or the file that is copied. */
  readonly content: string | { readonly file: string };
  readonly isExecutable?: boolean;
}

const gzip = promisify(gzipCallback);
const BLOCK = 512;
/** Never that of a file: the same files make the same bytes. */
const MTIME = new Date("2000-01-01T00:00:00Z");
/** What is compressed by itself: enough to lose nothing by it, little enough to keep all cores at work. */
const MEMBER_BYTES = 8 << 20;

/** The tar blocks of files in the order given, without the end of an archive. */
export async function tarBlocks(entries: readonly Entry[]): Promise<Buffer> {
  const blocks: Buffer[] = [];
  for (const { path, content, isExecutable = false } of entries) {
    const bytes = typeof content === "string" ? Buffer.from(content) : await readFile(content.file);
    const mode = isExecutable ? 0o755 : 0o644;
    blocks.push(...describe({ path, mode, uid: 0, gid: 0, size: bytes.length, mtime: MTIME, type: "File" }));
    blocks.push(bytes, Buffer.alloc(-bytes.length & (BLOCK - 1)));
  }
  return Buffer.concat(blocks);
}

/** What ends an archive. */
export const END_OF_ARCHIVE = Buffer.alloc(2 * BLOCK);

/** Paths that are too long for the header have one of their own before it. */
function describe(data: HeaderData): Buffer[] {
  const block = Buffer.alloc(BLOCK);
  const header = new Header(data);
  header.encode(block);
  return header.needPax ? [new Pax({ ...data }).encode(), block] : [block];
}

/**
 * Compresses with all cores, to the fewest bytes unless another level of zlib is given. The members that come out make
 * one stream when they follow one another (RFC 1952, section 2.2), within a file as well as over many calls.
 */
export async function gzipMembers(
  bytes: Buffer,
  onMember: () => void,
  level: number = constants.Z_BEST_COMPRESSION,
): Promise<Buffer> {
  const slices = Array.from({ length: countMembers(bytes) }, (_, i) =>
    bytes.subarray(i * MEMBER_BYTES, (i + 1) * MEMBER_BYTES),
  );
  const members = await Promise.all(
    slices.map(async (slice) => {
      const member = await gzip(slice, { level });
      onMember();
      return member;
    }),
  );
  return Buffer.concat(members);
}

/** How many gzip members an archive of these bytes has. */
export function countMembers(bytes: Buffer): number {
  return Math.ceil(bytes.length / MEMBER_BYTES);
}
