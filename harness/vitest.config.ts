import { defineConfig } from "vitest/config";

// Real processes are started and real figures taken: one file at a time, with patience.
export default defineConfig({ test: { testTimeout: 120_000, fileParallelism: false } });
