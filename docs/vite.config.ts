import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The script and the styles of the pages. The pages themselves are written by `build/`, from the manifest that is left
 * here: they are complete without any script.
 */
export default defineConfig({
  root: folder("."),
  // Chunks find each other wherever the site is put.
  base: "./",
  publicDir: false,
  logLevel: "warn",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: folder("dist/client"),
    emptyOutDir: true,
    assetsDir: "assets",
    manifest: "manifest.json",
    // Import attributes, top-level await, iterator helpers: what browsers of the last two years have.
    target: "es2022",
    // The policy of the pages lets no data stand in for files.
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { main: folder("src/client/main.ts"), styles: folder("src/client/styles.css") },
    },
  },
});
