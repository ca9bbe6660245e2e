import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { expect, it } from "vitest";
import { reusableAction, workflows } from "./support/workflow-files.ts";
import { stateFolder } from "../src/folders.ts";

const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";
const ZIZMOR = "1.32.0";

const files = await workflows();
const action = await reusableAction();

/** Neither is a part of the project: each is had where there is what it comes with. */
async function isThere(file: string, ...words: string[]): Promise<boolean> {
  const { failed } = await execa(file, words, { reject: false });
  return !failed;
}

it.skipIf(!(await isThere("go", "version")))(
  "passes actionlint",
  async () => {
    const { all, exitCode } = await execa(
      "go",
      ["run", ACTIONLINT, "-no-color", ...files.map(({ path }) => path)],
      {
        reject: false,
        all: true,
      },
    );
    expect({ exitCode, all }).toEqual({ exitCode: 0, all: "" });
  },
  600_000,
);

it.skipIf(!(await isThere("go", "version")))(
  "fails actionlint where something is wrong",
  async () => {
    const [file] = files;
    const broken = file?.text.replace("runs-on: ubuntu-24.04", "runs-on: ubuntu-99.04") ?? "";
    const { stdout, exitCode } = await execa("go", ["run", ACTIONLINT, "-no-color", "-"], {
      input: broken,
      reject: false,
    });
    expect(stdout).toContain('label "ubuntu-99.04" is unknown');
    expect(exitCode).toBe(1);
  },
  600_000,
);

it.skipIf(!(await isThere("python3", "-m", "pip", "--version")))(
  "passes zizmor",
  async () => {
    const zizmor = await installedZizmor();
    const paths = [...files, action].map(({ path }) => path);
    const { stdout, stderr, exitCode } = await execa(zizmor, ["--offline", "--no-progress", ...paths], {
      reject: false,
    });
    expect({ exitCode, stdout, stderr }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("No findings"),
    });
  },
  600_000,
);

/** Into a folder of its own, once. */
async function installedZizmor(): Promise<string> {
  const home = join(stateFolder(), `zizmor-${ZIZMOR}`);
  const file = join(home, "bin", process.platform === "win32" ? "zizmor.exe" : "zizmor");
  if (existsSync(file)) return file;
  await mkdir(home, { recursive: true });
  const cache = await mkdtemp(join(tmpdir(), "mnb-zizmor-"));
  const options = ["--target", home, "--disable-pip-version-check", "--no-input", "--cache-dir", cache];
  try {
    await execa("python3", ["-m", "pip", "install", ...options, `zizmor==${ZIZMOR}`]);
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
  return file;
}
