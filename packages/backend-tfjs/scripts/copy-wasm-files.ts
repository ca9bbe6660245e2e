// A step of the build: the library's binaries go where `wasmFiles` looks for them.
import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { WASM_FILES } from "../src/wasm-files.ts";

const { resolve } = createRequire(import.meta.url);
const folder = new URL("../dist/page/", import.meta.url);
await mkdir(folder, { recursive: true });
for (const name of WASM_FILES)
  await copyFile(resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`), fileURLToPath(new URL(name, folder)));
