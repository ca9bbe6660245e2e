import { createRequire } from "node:module";
import { isMainThread } from "node:worker_threads";
import type { NoAdapter, OpenAdapter, OpenedAdapter } from "./platform.ts";
import { driversAreChosen, findSoftwareDriver, hasInstalledDrivers, withDriver } from "./vulkan-drivers.ts";

/** What Dawn would choose itself: said here so that it is known. */
const APIS: Partial<Record<NodeJS.Platform, string>> = { linux: "vulkan", darwin: "metal", win32: "d3d12" };

/**
 * Instances of Dawn that have an adapter, by the driver that was named. One without is not asked again, since drivers
 * may be installed meanwhile.
 */
const instances = new Map<string, GPU>();
/**
 * All of them, for as long as the process lives: where an instance is collected before what came out of it, Dawn
 * crashes. They do not keep the process from ending.
 */
const kept = new Set<GPU>();

export const openAdapter: OpenAdapter = async () => {
  const api = APIS[process.platform];
  if (!api) return unsupported(`There is no Dawn for ${process.platform}.`);
  let dawn: typeof import("webgpu");
  try {
    dawn = await import("webgpu");
  } catch (error) {
    return unsupported(`Dawn cannot be loaded (${firstLine(error)}).`);
  }
  const request = async (softwareDriver?: string): Promise<OpenedAdapter | undefined> => {
    const key = softwareDriver ?? "";
    const gpu =
      instances.get(key) ?? dawn.create([`backend=${api}`, "disable-dawn-features=timestamp_quantization"]);
    kept.add(gpu);
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) return undefined;
    instances.set(key, gpu);
    const opened = { adapter, implementation: `Dawn (webgpu ${version()})`, api };
    return softwareDriver === undefined ? opened : { ...opened, softwareDriver };
  };
  try {
    if (api !== "vulkan") return (await request()) ?? noHardware(api);
    return await openVulkan(request);
  } catch (error) {
    return { reason: `Dawn fails to find an adapter (${firstLine(error)}).`, remedy: REMEDY };
  }
};

type Request = (softwareDriver?: string) => Promise<OpenedAdapter | undefined>;

/** Hardware and drivers that the user named come first; software that nobody named comes last. */
async function openVulkan(request: Request): Promise<OpenedAdapter | NoAdapter> {
  const installed = hasInstalledDrivers() ? await request() : undefined;
  if (installed) return installed;
  if (driversAreChosen())
    return {
      reason: "The Vulkan drivers that VK_DRIVER_FILES or VK_ICD_FILENAMES names offer no adapter.",
      remedy: "Correct or unset these variables.",
    };
  const manifest = findSoftwareDriver();
  if (manifest === undefined)
    return { reason: "There is no Vulkan driver, neither of a GPU nor in software.", remedy: REMEDY };
  // The loader is native code: it does not see what a worker sets in its copy of the environment.
  if (!isMainThread)
    return {
      reason: "Software Vulkan cannot be chosen from a worker thread.",
      remedy: `Use the main thread, or set VK_DRIVER_FILES=${manifest} before the process starts.`,
    };
  const software = await withDriver(manifest, () => request(manifest));
  return (
    software ?? {
      reason: `The software Vulkan driver ${manifest} offers no adapter: the Vulkan loader may be missing.`,
      remedy: "Install it (on Debian and Ubuntu: apt-get install libvulkan1).",
    }
  );
}

const REMEDY =
  "Install the driver of the GPU or, to compute in software on Debian, run apt-get install chromium libvulkan1.";

function noHardware(api: string): NoAdapter {
  return { reason: `Dawn finds no adapter for ${api}.`, remedy: "Install or update the driver of the GPU." };
}

function unsupported(reason: string): NoAdapter {
  return { reason, remedy: "Use Linux, macOS or Windows on x64 or arm64, or another backend." };
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n")[0] ?? message;
}

function version(): string {
  const manifest: unknown = createRequire(import.meta.url)("webgpu/package.json");
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "of an unknown version";
}
