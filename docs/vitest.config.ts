import { defineConfig } from "vitest/config";

// Whole sites are built and a real browser reads them: with patience.
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: { include: ["test/**/*.test.{ts,tsx}"], testTimeout: 60_000, hookTimeout: 120_000 },
});
