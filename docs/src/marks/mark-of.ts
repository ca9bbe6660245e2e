import type { Engine } from "./engine.ts";
import type { Family } from "./family.ts";

/** How one backend is drawn, on every page. */
export interface Mark {
  readonly family: Family;
  readonly engine: Engine;
}

/** The ends of backends' ids: `tfjs-cpu` is TensorFlow.js in JavaScript, `ort-node` ONNX Runtime's native library. */
const ENGINE_OF_END: ReadonlyMap<string, Engine> = new Map([
  ["cpu", "javascript"],
  ["wasm", "wasm"],
  ["webgpu", "webgpu"],
  ["webnn", "webnn"],
  ["node", "native"],
]);

/** Our own backends are named by what computes alone. */
const OWN: ReadonlyMap<string, Engine> = new Map([
  ["ts", "javascript"],
  ["wasm", "wasm"],
  ["webgpu", "webgpu"],
  ["webnn", "webnn"],
]);

/**
 * The mark of a backend, told from its id: `ENGINE` of our own, `LIBRARY-ENGINE` of others. So another backend of a
 * known library needs no line here; one from outside is drawn as such.
 */
export function markOf(backend: string): Mark {
  const own = OWN.get(backend);
  if (own) return { family: "ours", engine: own };
  if (backend === "reference") return { family: "reference", engine: "javascript" };
  const [, library, end = ""] = /^(tfjs|ort|litert)-([a-z0-9]+)$/.exec(backend) ?? [];
  return { family: isLibrary(library) ? library : "outside", engine: ENGINE_OF_END.get(end) ?? "unknown" };
}

function isLibrary(name: string | undefined): name is "tfjs" | "ort" | "litert" {
  return name === "tfjs" || name === "ort" || name === "litert";
}
