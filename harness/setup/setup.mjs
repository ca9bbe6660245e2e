import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { asFailure } from "./failure.mjs";
import { install } from "./install.mjs";
import { withLock } from "./lock.mjs";
import { installOptionalParts } from "./optional.mjs";
import { stateDir } from "./paths.mjs";

/**
 * Everything between a fresh clone and a program that runs: packages, Node, build, optional parts. Says what it does
 * on standard error, and does only what is missing.
 *
 * @param {{ retry?: boolean, tests?: boolean }} [options] `retry`: try again the optional parts that failed before;
 * `tests`: with those that tests alone need
 * @returns {Promise<boolean>} whether all went well; if not, why has been said
 */
export async function setUp({ retry = false, tests = false } = {}) {
  try {
    await withLock(
      stateDir,
      (message) => process.stderr.write(`${message}\n`),
      async () => {
        await install();
        await build();
        await installOptionalParts({ retry, tests });
      },
    );
    return true;
  } catch (error) {
    const failure = asFailure(error);
    if (failure === undefined) throw error;
    process.stderr.write(`${failure.message}\n`);
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await setUp({ retry: process.argv.includes("--retry") })) ? 0 : 1;
}
