import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The version whose addon is built and loaded. */
export const TFJS_NODE_VERSION = "4.22.0";

/** What the installer left: what there is, or why there is nothing. */
export type InstallRecord =
  | {
      readonly status: "installed";
      readonly version: string;
      readonly platform: string;
      /** Where the shared library came from: "ordinary install", "wheel tensorflow-cpu 2.13.1". */
      readonly source: string;
      /** The version that the library itself reports. */
      readonly tensorflow: string;
    }
  | { readonly status: "failed"; readonly reason: string; readonly remedy: string };

/** `.mnb/tfjs-node` in the clone (for an installed package, beside it): deleting it costs nothing but time. */
export const DEFAULT_DIRECTORY = join(import.meta.dirname, "..", "..", "..", "..", ".mnb", "tfjs-node");

/** The folder that npm installs into. */
export const treeOf = (directory: string) => join(directory, "tree");
export const packageOf = (tree: string) => join(tree, "node_modules", "@tensorflow", "tfjs-node");
/** Everything that the last installation tried and printed. */
export const logOf = (directory: string) => join(directory, "install.log");
const recordOf = (directory: string) => join(directory, "install.json");

/** Nothing where there was no installation, or one for another version, platform or clone. */
export async function readRecord(directory: string): Promise<InstallRecord | undefined> {
  let record: unknown;
  try {
    record = JSON.parse(await readFile(recordOf(directory), "utf8"));
  } catch {
    return undefined;
  }
  if (!isRecord(record)) return undefined;
  if (record.status === "failed") return record;
  const current = record.version === TFJS_NODE_VERSION && record.platform === platform();
  return current && existsSync(packageOf(treeOf(directory))) ? record : undefined;
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
