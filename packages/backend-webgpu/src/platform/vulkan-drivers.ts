import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Manifests of SwiftShader, a Vulkan driver in software: browsers bring it along and keep it to themselves, in
 * their own folder. Debian's Chromium first, which the set-up can install.
 */
const SOFTWARE_DRIVERS = [
  "/usr/lib/chromium/vk_swiftshader_icd.json",
  "/usr/lib/chromium-browser/vk_swiftshader_icd.json",
  "/usr/lib64/chromium-browser/vk_swiftshader_icd.json",
  "/opt/google/chrome/vk_swiftshader_icd.json",
  "/opt/microsoft/msedge/vk_swiftshader_icd.json",
  "/snap/chromium/current/usr/lib/chromium-browser/vk_swiftshader_icd.json",
] as const;

/** The manifest of a software driver on this machine. */
export function findSoftwareDriver(): string | undefined {
  return SOFTWARE_DRIVERS.find((path) => existsSync(path));
}

/** The loader's variables that name drivers: the newer one, and the one that older loaders know. */
const DRIVER_VARIABLES = ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"] as const;

/** Whether the user chose drivers. */
export function driversAreChosen(): boolean {
  return [...DRIVER_VARIABLES, "VK_ADD_DRIVER_FILES"].some((name) => process.env[name]);
}

/** Calls `action` while the Vulkan loader sees this one driver. The loader reads the environment as it starts an instance. */
export async function withDriver<T>(manifest: string, action: () => Promise<T>): Promise<T> {
  const before = DRIVER_VARIABLES.map((name) => [name, process.env[name]] as const);
  for (const name of DRIVER_VARIABLES) process.env[name] = manifest;
  try {
    return await action();
  } finally {
    for (const [name, value] of before)
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
  }
}

/**
 * Whether the Vulkan loader has any driver to try, chosen or installed. Where it has none, asking it only prints
 * warnings. The folders are those of the loader's documentation (LoaderDriverInterface.md, "Driver Discovery on
 * Linux").
 */
export function hasInstalledDrivers(): boolean {
  if (driversAreChosen()) return true;
  const { XDG_CONFIG_HOME, XDG_CONFIG_DIRS, XDG_DATA_HOME, XDG_DATA_DIRS } = process.env;
  const folders = [
    XDG_CONFIG_HOME || join(homedir(), ".config"),
    ...(XDG_CONFIG_DIRS || "/etc/xdg").split(":"),
    "/usr/local/etc",
    "/etc",
    XDG_DATA_HOME || join(homedir(), ".local", "share"),
    ...(XDG_DATA_DIRS || "/usr/local/share:/usr/share").split(":"),
  ];
  return folders.some((folder) => holdsManifest(join(folder, "vulkan", "icd.d")));
}

function holdsManifest(folder: string): boolean {
  try {
    return readdirSync(folder).some((file) => file.endsWith(".json"));
  } catch {
    return false; // Most of them do not exist.
  }
}
