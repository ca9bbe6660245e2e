import { root } from "./paths.mjs";

/** Something that the user is told in words and not as a stack: a fact, and what to do about it. */
export class SetupFailure extends Error {
  /** @param {string} fact @param {string} remedy @param {{ cause?: unknown }} [options] */
  constructor(fact, remedy, options) {
    super(`[setup] ${fact} ${remedy}`, options);
    this.name = "SetupFailure";
  }
}

const FREE_SPACE = "Free some space there, and run again.";
const ANOTHER_PLACE =
  "See to it that you may write into this folder, or work in a copy of it, and run again.";

/** @type {Readonly<Record<string, string>>} */
const REMEDIES = {
  EFBIG: "Allow files to be written (ulimit -f), and run again.",
  ENOSPC: FREE_SPACE,
  EDQUOT: FREE_SPACE,
  EACCES: ANOTHER_PLACE,
  EPERM: ANOTHER_PLACE,
  EROFS: ANOTHER_PLACE,
};

/**
 * What went wrong, as something that the user is told in words: also where the system did not let a file be written,
 * which is a matter of its own.
 *
 * @param {unknown} error
 * @returns {SetupFailure | undefined} nothing where it is a bug
 */
export function asFailure(error) {
  if (error instanceof SetupFailure) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const remedy = REMEDIES[code];
  if (!(error instanceof Error) || remedy === undefined) return undefined;
  return new SetupFailure(`A file in ${root} cannot be written or read: ${error.message}.`, remedy, {
    cause: error,
  });
}
