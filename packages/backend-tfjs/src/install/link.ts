import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { NATIVE_FOLDERS } from "../node/installation.ts";
import { removeNative } from "./ordinary.ts";

/**
 * Gives the package its native side: links to what the installer keeps, since a package manager may lay the package's
 * folder anew at any time, and files in it may be links to those of other projects.
 */
export async function linkNative(folder: string, native: string) {
  await removeNative(folder);
  for (const name of NATIVE_FOLDERS) await symlink(join(native, name), join(folder, name), "junction");
}
