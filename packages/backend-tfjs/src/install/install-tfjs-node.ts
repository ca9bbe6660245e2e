import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  DEFAULT_DIRECTORY,
  findNative,
  findPackage,
  isOf,
  logOf,
  nativeOf,
  ORDINARY,
  platform,
  readRecord,
  versionOf,
  writeRecord,
  type InstallRecord,
} from "../node/installation.ts";
import { ARCHIVES, describeArchive } from "./archives.ts";
import { compileAddon, requireCompiler } from "./compile.ts";
import { InstallError, messageOf, type Context } from "./context.ts";
import { InstallLog, type Say } from "./install-log.ts";
import { linkNative } from "./link.ts";
import { installLibrary } from "./native-library.ts";
import { removeNative, runInstallScript } from "./ordinary.ts";
import { provePackage } from "./prove-package.ts";

export interface InstallOptions {
  /** Of the package `@tensorflow/tfjs-node`. */
  readonly folder?: string;
  /** For what is kept: the backend looks into {@link DEFAULT_DIRECTORY}. */
  readonly directory?: string;
  /** Gets a line for each step. */
  readonly say?: Say;
  /** Of the tools that are started. */
  readonly env?: NodeJS.ProcessEnv;
}

export type InstallResult = InstallRecord & {
  /** Keeps what was tried and what each step printed. */
  readonly log: string;
  /** Whether it was there already. */
  readonly cached: boolean;
};

type Installed = Pick<InstallRecord & { readonly status: "installed" }, "source" | "tensorflow">;

/**
 * Gives the package `@tensorflow/tfjs-node` its native side: what the package's own script brings (or has brought
 * already), or where its downloads cannot be reached, a library out of a wheel or a jar and an addon built against it.
 * What it installs has computed correctly. Never throws because of a step that fails; returns at once where all is
 * there, and with new links alone where the package was laid anew.
 */
export async function installTfjsNode({
  folder = findPackage() ?? "",
  directory = DEFAULT_DIRECTORY,
  say = () => {},
  env = process.env,
}: InstallOptions = {}): Promise<InstallResult> {
  await mkdir(directory, { recursive: true });
  const isThere = existsSync(join(folder, "package.json"));
  const present = isThere ? await reuse(folder, directory) : undefined;
  if (present) return { ...present, log: logOf(directory), cached: true };
  await removeLeftovers(directory);
  const log = new InstallLog(logOf(directory), say);
  // Beside the final place, so that an installation cut short is never taken for one.
  const native = `${nativeOf(directory)}-${process.pid}`;
  let record: InstallRecord;
  try {
    if (!isThere)
      throw new InstallError("The package @tensorflow/tfjs-node is not installed.", "Run npm start.");
    const { source, tensorflow } = await installInto({ folder, native, log, env }, directory);
    const version = versionOf(folder);
    record = { status: "installed", version, platform: platform(), source, tensorflow };
    log.say(`installed: TensorFlow ${tensorflow} (${source})`);
  } catch (error) {
    const { reason, remedy } = error instanceof InstallError ? error : unexpected(error);
    record = { status: "failed", reason, remedy: `${remedy} The log is ${log.path}.` };
    log.say(`failed: ${reason} ${remedy}`);
  } finally {
    await rm(native, { recursive: true, force: true });
    await log.close();
  }
  await writeRecord(directory, record);
  return { ...record, log: log.path, cached: false };
}

/** What was seen to work before. */
async function reuse(folder: string, directory: string): Promise<InstallRecord | undefined> {
  const record = await readRecord(directory, versionOf(folder));
  if (record?.status !== "installed") return undefined;
  const native = findNative(folder, directory);
  if (native !== undefined) return isOf(record, native) ? record : undefined;
  if (record.source === ORDINARY || !existsSync(nativeOf(directory))) return undefined;
  await linkNative(folder, nativeOf(directory));
  return record;
}

async function installInto(context: Context, directory: string): Promise<Installed> {
  const { folder, native, log } = context;
  log.say(`Node ${process.versions.node}, ${platform()}, ${folder}`);
  const failures: string[] = [];
  const attempt = async (source: string, step: () => Promise<void>) => {
    try {
      await step();
      return { source, tensorflow: await provePackage(context) };
    } catch (error) {
      log.say(`${source}: ${messageOf(error)}`);
      failures.push(`${source}: ${messageOf(error).split("\n")[0]}`);
      await removeNative(folder);
      return undefined;
    }
  };
  const ordinary = await attempt(ORDINARY, async () => {
    if (findNative(folder, directory) !== "own") await runInstallScript(context);
  });
  if (ordinary) return ordinary;
  const archives = ARCHIVES[platform()] ?? [];
  const compiler = archives.length > 0 ? await requireCompiler(context) : "";
  for (const archive of archives) {
    const built = await attempt(describeArchive(archive), async () => {
      await installLibrary(context, archive);
      await compileAddon(context, compiler);
      await rm(nativeOf(directory), { recursive: true, force: true });
      await rename(native, nativeOf(directory));
      await linkNative(folder, nativeOf(directory));
    });
    if (built) return built;
  }
  throw new InstallError(
    `TensorFlow's native library cannot be installed (${failures.join("; ")}).`,
    "Check the network, then run ./mnb doctor --fix, or use tfjs-wasm.",
  );
}

/** Of installations that were cut short: more than half a gigabyte each. */
async function removeLeftovers(directory: string) {
  for (const name of await readdir(directory)) {
    const [, pid] = /^native-(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(directory, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // The process is there, but another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function unexpected(error: unknown) {
  return new InstallError(
    `The installation of tfjs-node broke off (${messageOf(error)}).`,
    "Run ./mnb doctor --fix, or use tfjs-wasm.",
  );
}
