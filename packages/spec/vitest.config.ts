import { defineConfig } from "vitest/config";

// No file changes what another one sees: what they import is loaded once for all.
export default defineConfig({ test: { isolate: false } });
