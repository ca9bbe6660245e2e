import { readFile } from "node:fs/promises";
import { execa } from "execa";
import { openAdapter } from "#platform";
import { adapterLine, describeAdapter } from "@mobilenet-bench/backend";
import { planInstall } from "./plan-install.ts";

/** A line of progress for whoever waits. */
export type Say = (line: string) => void;

const APT = "apt-get";
const APT_MS = 540_000;

/**
 * Sees to it that WebGPU has an adapter in Node: nothing to do where there is one, otherwise software Vulkan from
 * the system's packages, which takes root on Debian or Ubuntu.
 * @returns the adapter: "software: SwiftShader driver 5.0.0 (google, swiftshader)"
 * @throws Error whose message is the reason and the remedy
 */
export async function install(say: Say): Promise<string> {
  const before = await openAdapter();
  if ("adapter" in before) return adapterLine(describeAdapter(before.adapter.info));
  say(before.reason);
  const plan = planInstall({
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    osRelease: await readFile("/etc/os-release", "utf8").catch(() => ""),
  });
  if ("reason" in plan) throw new Error(`${plan.reason} ${plan.remedy}`);
  try {
    // Without a network the lists may still do.
    await apt(say, ["update"]).catch((error: unknown) => say(String(error)));
    await apt(say, ["install", "--yes", "--no-install-recommends", ...plan.packages]);
  } catch (cause) {
    throw new Error(
      `apt-get could not install ${plan.packages.join(" and ")}. Run apt-get install ${plan.packages.join(" ")} by hand.`,
      { cause },
    );
  }
  const after = await openAdapter();
  if (!("adapter" in after)) throw new Error(`${after.reason} ${after.remedy}`);
  return adapterLine(describeAdapter(after.adapter.info));
}

async function apt(say: Say, args: readonly string[]): Promise<void> {
  say(`apt-get ${args.join(" ")}`);
  const call = execa(APT, ["-o", "DPkg::Lock::Timeout=300", "--quiet", ...args], {
    all: true,
    env: { DEBIAN_FRONTEND: "noninteractive" },
    stdin: "ignore",
    timeout: APT_MS,
  });
  for await (const line of call.iterable({ from: "all" })) say(line);
  await call;
}
