import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  DEFAULT_DIRECTORY,
  logOf,
  platform,
  readRecord,
  TFJS_NODE_VERSION,
  treeOf,
  writeRecord,
  type InstallRecord,
} from "../node/installation.ts";
import { ARCHIVES, describeArchive } from "./archives.ts";
import { compileAddon, requireCompiler } from "./compile.ts";
import { InstallError, messageOf, type Context } from "./context.ts";
import { InstallLog, type Say } from "./install-log.ts";
import { installLibrary } from "./native-library.ts";
import { installPackages, runInstallScript } from "./npm.ts";
import { verifyTree } from "./verify.ts";

export interface InstallOptions {
  /** Where to: the backend looks into {@link DEFAULT_DIRECTORY}. */
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

/**
 * Installs tfjs-node with TensorFlow's library: the package's own way, or where its downloads cannot be reached,
 * a library out of a wheel or a jar and an addon built against it. What it installs has computed correctly.
 * Never throws because of a step that fails; returns at once where there is an installation.
 */
export async function installTfjsNode({
  directory = DEFAULT_DIRECTORY,
  say = () => {},
  env = process.env,
}: InstallOptions = {}): Promise<InstallResult> {
  const present = await readRecord(directory);
  if (present?.status === "installed") return { ...present, log: logOf(directory), cached: true };
  await mkdir(directory, { recursive: true });
  await removeLeftovers(directory);
  const log = new InstallLog(logOf(directory), say);
  // Beside the final place, so that an installation cut short is never taken for one.
  const tree = join(directory, `tree-${process.pid}`);
  let record: InstallRecord;
  try {
    const { source, tensorflow } = await installInto({ tree, log, env });
    await rm(treeOf(directory), { recursive: true, force: true });
    await rename(tree, treeOf(directory));
    record = { status: "installed", version: TFJS_NODE_VERSION, platform: platform(), source, tensorflow };
    log.say(`installed: TensorFlow ${tensorflow} (${source})`);
  } catch (error) {
    const { reason, remedy } = error instanceof InstallError ? error : unexpected(error);
    record = { status: "failed", reason, remedy: `${remedy} The log is ${log.path}.` };
    log.say(`failed: ${reason} ${remedy}`);
  } finally {
    await rm(tree, { recursive: true, force: true });
    await log.close();
  }
  await writeRecord(directory, record);
  return { ...record, log: log.path, cached: false };
}

async function installInto(context: Context): Promise<{ source: string; tensorflow: string }> {
  const { log } = context;
  log.say(`Node ${process.versions.node}, ${platform()}`);
  await installPackages(context);
  const failures: string[] = [];
  const attempt = async (source: string, step: () => Promise<void>) => {
    try {
      await step();
      return { source, tensorflow: await verifyTree(context) };
    } catch (error) {
      log.say(`${source}: ${messageOf(error)}`);
      failures.push(`${source}: ${messageOf(error).split("\n")[0]}`);
      return undefined;
    }
  };
  const ordinary = await attempt("ordinary install", () => runInstallScript(context));
  if (ordinary) return ordinary;
  const archives = ARCHIVES[platform()] ?? [];
  const compiler = archives.length > 0 ? await requireCompiler(context) : "";
  for (const archive of archives) {
    const built = await attempt(describeArchive(archive), async () => {
      await installLibrary(context, archive);
      await compileAddon(context, compiler);
    });
    if (built) return built;
  }
  throw new InstallError(
    `TensorFlow's native library cannot be installed (${failures.join("; ")}).`,
    "Check the network, then run ./mnb doctor --fix, or use tfjs-wasm.",
  );
}

/** Trees of installations that were cut short: almost a gigabyte each. */
async function removeLeftovers(directory: string) {
  for (const name of await readdir(directory)) {
    const [, pid] = /^tree-(\d+)$/.exec(name) ?? [];
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
