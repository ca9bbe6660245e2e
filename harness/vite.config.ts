import { isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What only Node can load. Backends for pages share packages with others, and their bundle has to leave those out. */
const isForNode = (id: string) => isBuiltin(id) || id === "onnxruntime-node";

function refuseNodeModules(): Plugin {
  return {
    name: "refuse-node-modules",
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === "chunk")
          for (const id of [...file.imports, ...file.dynamicImports])
            if (isForNode(id))
              this.error(
                `[harness] ${file.fileName} imports ${id}. Keep it out of what page-backends.ts loads.`,
              );
    },
  };
}

/** The runner as a page: one small entry, its worker, and every backend in a chunk that is loaded on demand. */
export default defineConfig({
  root: folder("src/page"),
  base: "./",
  publicDir: false,
  logLevel: "warn",
  plugins: [refuseNodeModules()],
  // Workers start workers and import backends on demand.
  worker: {
    format: "es",
    plugins: () => [refuseNodeModules()],
    rolldownOptions: { external: isForNode },
  },
  build: {
    outDir: folder("dist/page"),
    emptyOutDir: true,
    target: "esnext",
    // Files that backends ask for stay files: they are served from beside the page.
    assetsInlineLimit: 0,
    modulePreload: false,
    // TensorFlow.js starts its threads from the text of a function, which renaming would break.
    minify: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: Infinity,
    rolldownOptions: { input: folder("src/page/page.html"), external: isForNode },
  },
});
