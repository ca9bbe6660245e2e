import type { Peaks } from "@mobilenet-bench/results";

/** Of a machine of two cores whose best style reaches 58.8e9 multiply–adds per second on one thread. */
export const PEAKS: Peaks = {
  cpu: {
    model: "AMD EPYC",
    cores: 2,
    physicalCores: 2,
    speedGHz: null,
    features: [],
    l2CacheBytes: null,
    l3CacheBytes: null,
  },
  peak: { "scalar-js": 4.67, "wasm-wide": 58.8 },
};
