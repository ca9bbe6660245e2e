import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LIBRARY_NAMES } from "./archives.ts";
import { InstallError, type Context } from "./context.ts";
import { librariesOf } from "./native-library.ts";
import { findTool, runTool } from "./tool.ts";

const COMPILE_MS = 180_000;
/** The highest version of Node-API that tfjs-node 4.22 knows; it looks for the addon in a folder of that name. */
const NODE_API = 8;
/** Declares Node-API without the rest of Node's headers, which are a download of their own. */
const HEADERS = join(
  dirname(createRequire(import.meta.url).resolve("node-api-headers/package.json")),
  "include",
);
/** Declarations of TensorFlow's C interface, which come with no archive in full. */
const SHIMS = fileURLToPath(new URL("../../native", import.meta.url));

/** @throws InstallError where there is none */
export async function requireCompiler(context: Context): Promise<string> {
  const { CXX } = context.env;
  const compiler = await findTool(context, [...(CXX ? [CXX] : []), "c++", "g++", "clang++"]);
  if (compiler !== undefined) return compiler;
  throw new InstallError(
    "There is no C++ compiler to build the addon of tfjs-node with.",
    process.platform === "darwin"
      ? "Run xcode-select --install, then ./mnb doctor --fix."
      : "Install one (Debian: apt-get install g++), then run ./mnb doctor --fix.",
  );
}

/** Builds the addon from the package's sources against the libraries, without node-gyp: Node-API needs four headers. */
export async function compileAddon(context: Context, compiler: string): Promise<void> {
  const { folder, native, log } = context;
  log.say("compiling the addon");
  const sources = join(folder, "binding");
  const target = join(native, "lib", `napi-v${NODE_API}`);
  await mkdir(target, { recursive: true });
  const libraries = (LIBRARY_NAMES[process.platform] ?? []).map((name) => join(librariesOf(native), name));
  const isMac = process.platform === "darwin";
  await runTool(
    context,
    compiler,
    [
      "-std=c++17",
      "-O2",
      "-fPIC",
      "-shared",
      // What Node itself provides stays undefined until the addon is loaded.
      ...(isMac ? ["-undefined", "dynamic_lookup"] : []),
      `-DNAPI_VERSION=${NODE_API}`,
      `-I${HEADERS}`,
      `-I${SHIMS}`,
      join(sources, "tfjs_backend.cc"),
      join(sources, "tfjs_binding.cc"),
      ...libraries,
      `-Wl,-rpath,${isMac ? "@loader_path" : "$ORIGIN"}/../../deps/lib`,
      "-o",
      join(target, "tfjs_binding.node"),
    ],
    { timeoutMs: COMPILE_MS },
  );
}
