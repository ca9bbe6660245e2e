import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { LOADED_FILES } from "./libraries.ts";

/** For types, for debuggers, for readers: nothing of it runs. */
const INERT = /\.(map|[cm]?tsx?|flow|md|markdown|tsbuildinfo)$|_test\.[cm]?js$/i;
const LEGAL = /(^|\/)(licen[cs]e|notice|copying|third-?party)(?![^/]*\.([cm]?[jt]sx?|map|css)$)[^/]*$/i;
const NATIVE = /\.(node|dll|dylib|so(\.\d+)*)$/;
/** Folders of binaries for one system: `linux/x64/`, `linux-x64/`, `darwin-universal/`. */
const SYSTEM = /^(darwin|linux|win32|android|freebsd)(-.*)?$/;
const PROCESSOR = /(^|-)(x64|arm64|arm|ia32|universal)$/;

/** @returns paths within the folder with forward slashes, sorted; node_modules are other packages */
export async function listFiles(folder: string, prefix = ""): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
    const path = `${prefix}${entry.name}`;
    if (entry.isFile()) paths.push(path);
    else if (entry.isDirectory() && entry.name !== "node_modules")
      paths.push(...(await listFiles(folder, `${path}/`)));
  }
  return paths.toSorted(byCodeUnits);
}

/** The same order everywhere, whatever the language of the machine. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * Whether a file of a package is needed to run it on Linux x64, or by law.
 * @param name of the package, @param path within it
 */
export function isNeeded(name: string, path: string): boolean {
  if (path === "package.json" || LEGAL.test(path)) return true;
  if (INERT.test(path) || (NATIVE.test(path) && !isForLinux(path))) return false;
  if (name.startsWith("@mobilenet-bench/"))
    return path === "ratchet.json" || (path.startsWith("dist/") && !path.startsWith("dist/page/"));
  return LOADED_FILES[name]?.test(path) ?? true;
}

/** Native code in a folder that names no system is taken to be for this one: it was installed here. */
function isForLinux(path: string): boolean {
  const folders = path.split("/").slice(0, -1);
  return folders.every(
    (folder) =>
      (!SYSTEM.test(folder) || folder.startsWith("linux")) &&
      (!PROCESSOR.test(folder) || folder.endsWith("x64")),
  );
}
