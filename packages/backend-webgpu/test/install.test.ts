import { expect, it } from "vitest";
import { install } from "@mobilenet-bench/backend-webgpu/install";
import { webgpu } from "@mobilenet-bench/backend-webgpu";
import { planInstall } from "../src/install/plan-install.ts";

const debian = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nID=debian\n';

it("installs as root on Debian and Ubuntu, and elsewhere says what to do", () => {
  const host = { platform: "linux", isRoot: true, osRelease: debian } as const;
  expect(planInstall(host)).toEqual({ packages: ["chromium", "libvulkan1"] });
  expect(planInstall({ ...host, osRelease: 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n' })).toHaveProperty(
    "packages",
  );
  for (const other of [
    { ...host, isRoot: false },
    { ...host, osRelease: "ID=fedora\n" },
    { ...host, osRelease: "" },
    { ...host, platform: "darwin" } as const,
  ])
    expect(planInstall(other)).toEqual({
      reason: expect.stringMatching(/\.$/),
      remedy: expect.stringMatching(/\.$/),
    });
});

const availability = await webgpu.availability();

it.skipIf(!availability.available)("has nothing to do where there is an adapter", async () => {
  const said: string[] = [];
  expect(await install((line) => said.push(line))).toBe(
    availability.available ? availability.detail : undefined,
  );
  expect(said).toEqual([]);
});
