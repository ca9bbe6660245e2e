import { existsSync, readdirSync, realpathSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

/** What the installer left: what there is, or why there is nothing. */
export type InstallRecord =
  | {
      readonly status: "installed";
      readonly version: string;
      readonly platform: string;
      /** Where the shared library came from: {@link ORDINARY}, "wheel tensorflow_cpu-2.13.1". */
      readonly source: string;
      /** The version that the library itself reports. */
      readonly tensorflow: string;
    }
  | { readonly status: "failed"; readonly reason: string; readonly remedy: string };

/** The source of a library that the package's own install script brought. */
export const ORDINARY = "ordinary install";

/** `.mnb/tfjs-node` in the clone (for an installed package, beside it): deleting it costs nothing but time. */
export const DEFAULT_DIRECTORY = join(import.meta.dirname, "..", "..", "..", "..", ".mnb", "tfjs-node");

/** The folder of the package `@tensorflow/tfjs-node`; undefined where it is not installed. */
export function findPackage(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-node/package.json"));
  } catch {
    return undefined;
  }
}

/** The version of the package in its folder: its addon is built and loaded. */
export function versionOf(folder: string): string {
  const manifest: { readonly version: string } = createRequire(import.meta.url)(join(folder, "package.json"));
  return manifest.version;
}

/** What the native side of the package consists of, as its own install script lays it out: the addon, the libraries. */
export const NATIVE_FOLDERS = ["lib", "deps"] as const;
/** The files that {@link NATIVE_FOLDERS} of the package are links to, where the package's own script brought none. */
export const nativeOf = (directory: string) => join(directory, "native");
/** Everything that the last installation tried and printed. */
export const logOf = (directory: string) => join(directory, "install.log");
const recordOf = (directory: string) => join(directory, "install.json");

/** The addon that the package would load: the one for the highest version of Node-API. */
function findAddon(folder: string): string | undefined {
  const lib = join(folder, "lib");
  if (!existsSync(lib)) return undefined;
  const versions = readdirSync(lib).filter((name) => /^napi-v\d+$/.test(name));
  return versions.map((name) => join(lib, name, "tfjs_binding.node")).find((path) => existsSync(path));
}

/**
 * Whose native side the package has: of its own install script, or what {@link nativeOf} the directory holds, which
 * counts only with a record: without one it was never seen to work.
 */
export function findNative(folder: string, directory: string): "own" | "linked" | undefined {
  const addon = findAddon(folder);
  if (addon === undefined) return undefined;
  const native = nativeOf(directory);
  const isLinked =
    existsSync(native) && !relative(realpathSync(native), realpathSync(addon)).startsWith("..");
  return isLinked ? "linked" : "own";
}

/** Whether the record is of this native side. */
export function isOf(
  record: InstallRecord | undefined,
  native: "own" | "linked",
): record is InstallRecord & { readonly status: "installed" } {
  return record?.status === "installed" && (record.source === ORDINARY) === (native === "own");
}

/** Nothing where there was no installation, or one for another version or platform. */
export async function readRecord(directory: string, version: string): Promise<InstallRecord | undefined> {
  let record: unknown;
  try {
    record = JSON.parse(await readFile(recordOf(directory), "utf8"));
  } catch {
    return undefined;
  }
  if (!isRecord(record)) return undefined;
  if (record.status === "failed") return record;
  return record.version === version && record.platform === platform() ? record : undefined;
}

export async function writeRecord(directory: string, record: InstallRecord): Promise<void> {
  const path = recordOf(directory);
  await writeFile(`${path}.new`, `${JSON.stringify(record, undefined, 2)}\n`);
  await rename(`${path}.new`, path);
}

/** What a native library is made for: `linux-x64`. */
export const platform = () => `${process.platform}-${process.arch}`;

function isRecord(value: unknown): value is InstallRecord {
  if (typeof value !== "object" || value === null || !("status" in value)) return false;
  const texts =
    value.status === "installed" ? ["version", "platform", "source", "tensorflow"] : ["reason", "remedy"];
  return (
    (value.status === "installed" || value.status === "failed") &&
    texts.every((name) => typeof Reflect.get(value, name) === "string")
  );
}
