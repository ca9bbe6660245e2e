import { defineConfig } from "vitest/config";

/** Not found by the package's own run. */
export default defineConfig({ test: { include: ["*.suite.ts"], reporters: ["json"] } });
