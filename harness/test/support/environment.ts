import type { Environment } from "@mobilenet-bench/results";

/** Of a machine that there is not. */
export const ENVIRONMENT: Environment = {
  machine: "abc",
  cpu: {
    model: "Test",
    cores: 2,
    physicalCores: 2,
    speedGHz: null,
    features: [],
    l2CacheBytes: null,
    l3CacheBytes: null,
  },
  memoryBytes: 1,
  virtualization: null,
  os: { platform: "linux", name: "Test", release: "1", arch: "x64" },
  runtime: { node: "24.0.0" },
  commit: null,
  dirty: null,
  before: { load1: 0, freeMemoryBytes: 1, steal: null },
};
