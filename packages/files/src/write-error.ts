import { getSystemErrorMap } from "node:util";

/** A file that cannot be written: which, why, and what to do. What stood under its name is as it was. */
export class WriteError extends Error {
  override readonly name = "WriteError";

  /** @param what the path, or what else is written to */
  constructor(what: string, cause: unknown) {
    const code = codeOf(cause);
    super(
      `[files] ${what} cannot be written: ${reasonOf(cause)}. ${REMEDIES[code ?? ""] ?? "Name a place where you may write files"}.`,
      { cause },
    );
  }
}

/** A disk, or what passes for one, that kept something else than it was given, and reported nothing. */
export class LostBytesError extends Error {
  override readonly name = "LostBytesError";

  constructor() {
    super("read back, it is not what was written");
  }
}

const FREE_SPACE = "Free some space there, or name another place";

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: FREE_SPACE,
  EDQUOT: FREE_SPACE,
  EFBIG: "Allow larger files (ulimit -f), or name another place",
  EISDIR: "Name a file in it, or another place",
  EEXIST: "A part of this path is a file: name another place",
  ENOTDIR: "A part of this path is a file: name another place",
  ENAMETOOLONG: "Choose a shorter name",
};

/** Such as `ENOSPC`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = codeOf(error);
  if (code === undefined || !("errno" in error) || typeof error.errno !== "number") return error.message;
  // Node 20 has the map alone.
  const [, meaning = error.message] = getSystemErrorMap().get(error.errno) ?? [];
  return `${meaning} (${code})`;
}
