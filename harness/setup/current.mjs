import { build, isBuilt } from "./build.mjs";
import { SetupFailure } from "./failure.mjs";
import { isInstallOutdated } from "./install.mjs";
import { withLock } from "./lock.mjs";
import { stateDir } from "./paths.mjs";
import { useBuild } from "./users.mjs";

const MOST_BUILDS = 3;

/**
 * Sees to it that what runs is what the sources say, and stays so while this process lives: builds what has changed
 * since the last build.
 *
 * @throws SetupFailure where that is not to be had
 */
export async function beCurrent() {
  if (isInstallOutdated())
    throw new SetupFailure(
      "The lock file or a manifest has changed since the packages were installed.",
      "Run npm start (or npm test), which installs them.",
    );
  for (let builds = 0; builds < MOST_BUILDS; builds++) {
    // First the note, then the look: a build looks for notes after it has taken its stamp away.
    const release = useBuild();
    if (isBuilt()) return;
    release();
    await withLock(
      stateDir,
      (message) => process.stderr.write(`${message}\n`),
      async () => {
        if (!isBuilt()) await build();
      },
    );
  }
  throw new SetupFailure(
    "The sources change faster than they are built.",
    "Run again when whatever writes them is done.",
  );
}
