import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describeArchive, LIBRARY_NAMES, type Archive } from "./archives.ts";
import { messageOf, type Context } from "./context.ts";
import { download } from "./download.ts";
import { extract } from "./extract.ts";
import { findTool, runTool } from "./tool.ts";

const PIP_MS = 600_000;

/** Where the addon looks for the shared libraries. */
export const librariesOf = (native: string) => join(native, "deps", "lib");

/** @throws Error where the archive can neither be downloaded nor be had from pip, or holds no libraries */
export async function installLibrary(context: Context, archive: Archive): Promise<void> {
  const { native, log } = context;
  const folder = join(native, "download");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    const path = await obtain(context, archive, folder);
    log.say(`unpacking TensorFlow's library`);
    await rm(librariesOf(native), { recursive: true, force: true });
    await extract(path, LIBRARY_NAMES[process.platform] ?? [], librariesOf(native));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** pip comes second: it takes a Python, but knows the mirror that a machine may be set up with. */
async function obtain(context: Context, archive: Archive, folder: string): Promise<string> {
  const { log } = context;
  const path = join(folder, "archive.zip");
  log.say(`downloading ${describeArchive(archive)} (${archive.sizeMB} MB)`);
  try {
    await download(archive, path, (line) => log.say(line));
    return path;
  } catch (error) {
    if (!archive.pip) throw error;
    log.say(`${messageOf(error)}; asking pip`);
  }
  return pipDownload(context, archive.pip, folder);
}

async function pipDownload(
  context: Context,
  { requirement, platform }: NonNullable<Archive["pip"]>,
  folder: string,
): Promise<string> {
  const python = await findTool(context, ["python3", "python"]);
  if (python === undefined) throw new Error("there is no Python, whose pip could download it");
  const choice = ["--only-binary=:all:", "--python-version=3.11", `--platform=${platform}`];
  const args = [
    "-m",
    "pip",
    "download",
    "--no-deps",
    "--progress-bar=off",
    `--dest=${folder}`,
    ...choice,
    requirement,
  ];
  await runTool(context, python, args, { timeoutMs: PIP_MS });
  const wheel = (await readdir(folder)).find((name) => name.endsWith(".whl"));
  if (wheel === undefined) throw new Error("pip downloaded no wheel");
  return join(folder, wheel);
}
