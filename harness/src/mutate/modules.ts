/** Where the modules of a package lie when it is built, named by what the package exports; a pack may lack some. */
const ENTRIES: Readonly<Record<string, () => string>> = {
  spec: () => import.meta.resolve("@mobilenet-bench/spec"),
  backend: () => import.meta.resolve("@mobilenet-bench/backend"),
  "backend-ts": () => import.meta.resolve("@mobilenet-bench/backend-ts"),
  "backend-wasm": () => import.meta.resolve("@mobilenet-bench/backend-wasm"),
  "backend-webgpu": () => import.meta.resolve("@mobilenet-bench/backend-webgpu"),
  harness: () => new URL("dist/index.js", import.meta.resolve("@mobilenet-bench/harness/package.json")).href,
};

/** The URL of `PACKAGE/PATH`. @throws Error where there is no such package */
export function moduleUrl(module: string): string {
  const slash = module.indexOf("/");
  const name = module.slice(0, slash);
  const entry = Object.hasOwn(ENTRIES, name) ? ENTRIES[name] : undefined;
  if (entry === undefined)
    throw new Error(`[harness] ${module} is in no package. Use one of ${Object.keys(ENTRIES).join(", ")}.`);
  return new URL(module.slice(slash + 1), entry()).href;
}
