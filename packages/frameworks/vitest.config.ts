import { configDefaults, defineConfig } from "vitest/config";

const LONG = process.env["MNB_NIGHTLY"] ? [] : ["test/**/*.nightly.test.ts"];

// Frameworks take all cores: one file at a time, however many workers each package may have, with patience.
delete process.env["VITEST_MAX_WORKERS"];
export default defineConfig({
  test: { testTimeout: 120_000, fileParallelism: false, exclude: [...configDefaults.exclude, ...LONG] },
});
