import { defineConfig } from "vitest/config";

// Frameworks take all cores: one file at a time, with patience.
export default defineConfig({ test: { testTimeout: 120_000, fileParallelism: false } });
