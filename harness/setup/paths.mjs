import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root, without a trailing separator. */
export const root = join(fileURLToPath(import.meta.url), "..", "..", "..");

/** Logs, the lock and the records of the optional steps. Deleting it costs nothing but time. */
export const stateDir = join(root, ".mnb", "setup");

export const logPath = (/** @type {string} */ name) => join(stateDir, `${name}.log`);

/** The entry of the command line, present once the build has run. */
export const cliEntry = join(root, "harness", "dist", "cli", "main.js");
