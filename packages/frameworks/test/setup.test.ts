import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { install, installedPython } from "../setup/python.mjs";

let folder = "";
beforeEach(async ({ skip }) => {
  skip(process.platform === "win32", "A Python is imitated by a shell script.");
  folder = await mkdtemp(join(tmpdir(), "mnb-python-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Installs with a Python that answers the question for its abilities so, and does everything else like this. */
async function installWith(answer: object, otherwise = "exit 1") {
  const python = join(folder, "imitation");
  const body = `case "$2" in *ensurepip*) echo '${JSON.stringify(answer)}';; *) ${otherwise};; esac`;
  await writeFile(python, `#!/bin/sh\n${body}\n`);
  await chmod(python, 0o755);
  vi.stubEnv("MNB_PYTHON", python);
  return install(() => {}, join(folder, "python"));
}
const GOOD = { version: [3, 11, 7], venv: true, wide: true };

describe("the Python of the tests", () => {
  it("says that there is none", async () => {
    vi.stubEnv("MNB_PYTHON", join(folder, "nothing"));
    await expect(install(() => {}, join(folder, "python"))).rejects.toThrow(
      /^There is no fitting Python\. Install Python 3\.10 to 3\.12 with its venv module/,
    );
  });

  it.each([
    [{ ...GOOD, version: [3, 14, 0] }, /imitation is Python 3\.14\.0, not 3\.10 to 3\.12\./],
    [{ ...GOOD, version: [2, 11, 0] }, /imitation is Python 2\.11\.0, not 3\.10 to 3\.12\./],
    [{ ...GOOD, venv: false }, /imitation is Python 3\.11\.7 without venv\./],
    [{ ...GOOD, wide: false }, /imitation is Python 3\.11\.7 of 32 bits\./],
  ])("says why %o will not do", async (answer, reason) => {
    await expect(installWith(answer)).rejects.toThrow(reason);
  });

  it("says what went wrong, and does not take what is half done for done", async () => {
    const failing = installWith(GOOD, 'echo "no space left" >&2; exit 1');
    await expect(failing).rejects.toThrow(/^With Python, the environment cannot be made: no space left\. /);
    expect(installedPython(join(folder, "python"))).toBeUndefined();
  });
});
