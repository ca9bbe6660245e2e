import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageOf } from "../node/installation.ts";
import { LIBRARY_NAMES } from "./archives.ts";
import { InstallError, type Context } from "./context.ts";
import { librariesOf } from "./native-library.ts";
import { headersOf } from "./npm.ts";
import { findTool, runTool } from "./tool.ts";

const COMPILE_MS = 180_000;
/** The highest version of Node-API that tfjs-node 4.22 knows; it looks for the addon in a folder of that name. */
const NODE_API = 8;
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
  const { tree, log } = context;
  log.say("compiling the addon");
  const binding = join(packageOf(tree), "binding");
  const folder = join(packageOf(tree), "lib", `napi-v${NODE_API}`);
  await mkdir(folder, { recursive: true });
  const libraries = (LIBRARY_NAMES[process.platform] ?? []).map((name) => join(librariesOf(tree), name));
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
      `-I${headersOf(tree)}`,
      `-I${SHIMS}`,
      join(binding, "tfjs_backend.cc"),
      join(binding, "tfjs_binding.cc"),
      ...libraries,
      `-Wl,-rpath,${isMac ? "@loader_path" : "$ORIGIN"}/../../deps/lib`,
      "-o",
      join(folder, "tfjs_binding.node"),
    ],
    { timeoutMs: COMPILE_MS },
  );
}
