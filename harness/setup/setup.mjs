import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { asFailure } from "./failure.mjs";
import { install } from "./install.mjs";
import { withLock } from "./lock.mjs";
import { optionalSteps } from "./optional-steps.mjs";
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
        const unbuilt = optionalSteps.filter((step) => step.unbuilt);
        const built = optionalSteps.filter((step) => !step.unbuilt);
        await bothOf(
          build().then(() => installOptionalParts({ retry, tests, steps: built })),
          installOptionalParts({ retry, tests, steps: unbuilt }),
        );
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

/**
 * Waits for both, also where one fails: the lock is not to be released while the other still writes.
 *
 * @param {Promise<void>} one
 * @param {Promise<void>} other
 */
async function bothOf(one, other) {
  for (const ended of await Promise.allSettled([one, other]))
    if (ended.status === "rejected") throw ended.reason;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await setUp({ retry: process.argv.includes("--retry") })) ? 0 : 1;
}
