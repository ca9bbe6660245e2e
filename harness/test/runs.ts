import { SCHEMA_VERSION, type Cell, type Run } from "@mobilenet-bench/results";
import { PROTOCOLS } from "../src/protocol.ts";

/** A finished run of those cells, for tests of what is done with runs. */
export function runOf(cells: readonly Cell[], changes: Partial<Run> = {}): Run {
  const load = { load1: 0.1, freeMemoryBytes: 2 ** 33, steal: null };
  return {
    schema: SCHEMA_VERSION,
    id: "2026-01-02T03-04-05-1",
    startedAt: "2026-01-02T03:04:05.000Z",
    finishedAt: "2026-01-02T03:05:05.000Z",
    complete: true,
    suite: "quick",
    seed: 1,
    environment: {
      machine: "abc",
      cpu: {
        model: "Test CPU",
        cores: 2,
        physicalCores: 2,
        speedGHz: 2.5,
        features: [],
        l2CacheBytes: null,
        l3CacheBytes: null,
      },
      memoryBytes: 2 ** 34,
      virtualization: "KVM",
      os: { platform: "linux", name: "Test OS 12", release: "6.1", arch: "x64" },
      runtime: { node: "24.21.0" },
      commit: "0123456789abcdef0123456789abcdef01234567",
      dirty: true,
      before: load,
      peak: { "wasm-relaxed": 25, "wasm-wide": 50 },
    },
    protocol: PROTOCOLS.quick,
    cells: [...cells],
    ...changes,
  };
}
