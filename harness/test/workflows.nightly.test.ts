import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { expect, it } from "vitest";
import { stateFolder } from "../src/folders.ts";
import { temporaryFolder, writeFiles } from "./support/tiny-repository.ts";
import { reusableAction, workflows } from "./support/workflow-files.ts";

const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";
const ZIZMOR = "1.32.0";
/** The first time, they are fetched and built. */
const PATIENCE_MS = 600_000;

const files = await workflows();
const action = await reusableAction();

/** Neither is a part of the project: each is had where there is what it comes with. */
async function isThere(file: string, ...words: string[]): Promise<boolean> {
  const { failed } = await execa(file, words, { reject: false });
  return !failed;
}

const hasGo = await isThere("go", "version");
const hasPip = await isThere("python3", "-m", "pip", "--version");

/** What is found in files, or in a text that is given in their place. */
async function actionlint(paths: readonly string[], input?: string) {
  const words = ["run", ACTIONLINT, "-no-color", ...paths];
  const { stdout, exitCode } = await execa("go", words, {
    reject: false,
    ...(input !== undefined && { input }),
  });
  return { stdout, exitCode };
}

async function zizmor(paths: readonly string[]) {
  const file = await installedZizmor();
  const { stdout, exitCode } = await execa(file, ["--offline", "--no-progress", ...paths], { reject: false });
  return { stdout, exitCode };
}

it.skipIf(!hasGo)(
  "pass actionlint, which finds what is wrong",
  async () => {
    expect(await actionlint(files.map(({ path }) => path))).toEqual({ exitCode: 0, stdout: "" });
    const broken = files[0]?.text.replace("runs-on: ubuntu-24.04", "runs-on: ubuntu-99.04");
    const found = await actionlint(["-"], broken ?? "");
    expect(found.stdout).toContain('label "ubuntu-99.04" is unknown');
    expect(found.exitCode).toBe(1);
  },
  PATIENCE_MS,
);

it.skipIf(!hasPip)(
  "pass zizmor, which finds what is wrong",
  async () => {
    const passed = await zizmor([...files, action].map(({ path }) => path));
    expect(passed).toEqual({ exitCode: 0, stdout: expect.stringContaining("No findings") });
    const folder = await temporaryFolder();
    const broken = action.text.replace('run: node "$MNB_ROOT/mnb" action', "run: echo ${{ inputs.model }}");
    await writeFiles(folder, { "action.yml": broken });
    const found = await zizmor([join(folder, "action.yml")]);
    expect(found.stdout).toContain("template-injection");
    expect(found.exitCode).not.toBe(0);
  },
  PATIENCE_MS,
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
