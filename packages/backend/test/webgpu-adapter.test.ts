import { expect, it } from "vitest";
import { adapterLine, describeAdapter } from "@mobilenet-bench/backend";

const info = (
  vendor: string,
  architecture: string,
  device = "",
  description = "",
  isFallbackAdapter = false,
) => ({
  vendor,
  architecture,
  device,
  description,
  isFallbackAdapter,
});

it.each([
  [
    "software",
    info("google", "swiftshader", "swiftshader-device-subzero-", "SwiftShader driver 5.0.0", true),
  ],
  ["software", info("mesa", "llvmpipe", "", "llvmpipe (LLVM 19.1, 256 bits)")],
  ["software", info("microsoft", "", "", "Microsoft Basic Render Driver")],
  ["discrete", info("nvidia", "hopper", "", "NVIDIA H100 80GB HBM3")],
  ["integrated", info("nvidia", "ampere", "", "Orin (nvgpu)")],
  ["integrated", info("intel", "gen-12lp", "", "Intel(R) Iris(R) Xe Graphics")],
  ["discrete", info("intel", "xe-hpg", "", "Intel(R) Arc(TM) A770 Graphics")],
  ["integrated", info("apple", "metal-3", "", "Apple M2")],
  ["integrated", info("qualcomm", "adreno-7xx")],
  ["discrete", info("amd", "rdna-3", "", "AMD Radeon RX 7900 XTX")],
  ["integrated", info("amd", "rdna-3", "", "AMD Radeon 780M Graphics")],
  ["unknown", info("amd", "rdna-2")],
])("%s: %o", (kind, info) => {
  expect(describeAdapter(info).class).toBe(kind);
});

it("has a line for listings", () => {
  expect(adapterLine(describeAdapter(info("nvidia", "hopper", "", "NVIDIA H100 80GB HBM3")))).toBe(
    "discrete: NVIDIA H100 80GB HBM3 (nvidia, hopper)",
  );
  expect(adapterLine(describeAdapter(info("google", "swiftshader", "", "", true)))).toBe(
    "software: google, swiftshader",
  );
});
