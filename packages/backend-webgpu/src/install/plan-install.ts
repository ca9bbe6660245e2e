/** What decides how software Vulkan can be had. */
export interface Host {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Content of /etc/os-release; empty where there is none. */
  readonly osRelease: string;
}

/** Debian packages to install, or why there is nothing to do: a fact and a remedy. */
export type InstallPlan =
  { readonly packages: readonly string[] } | { readonly reason: string; readonly remedy: string };

/**
 * Debian's Chromium brings SwiftShader along; Ubuntu's is a snap, but its Mesa is recent enough for Dawn, which
 * that of Debian 12 is not.
 */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  debian: ["chromium", "libvulkan1"],
  ubuntu: ["mesa-vulkan-drivers", "libvulkan1"],
};

export function planInstall({ platform, isRoot, osRelease }: Host): InstallPlan {
  if (platform !== "linux")
    return {
      reason: `Software Vulkan is not installed on ${platform}.`,
      remedy: "Install or update the driver of the GPU.",
    };
  const id = /^ID=["']?(\w+)/m.exec(osRelease)?.[1] ?? "unknown";
  const packages = PACKAGES[id];
  if (!packages)
    return {
      reason: `Software Vulkan is installed on Debian and Ubuntu alone, and this is ${id}.`,
      remedy: "Install a Vulkan driver (of the GPU, or Mesa's lavapipe) and the Vulkan loader.",
    };
  if (!isRoot)
    return {
      reason: "Installing software Vulkan needs root.",
      remedy: `Run sudo apt-get install ${packages.join(" ")}.`,
    };
  return { packages };
}
