import {
  layersFor,
  resolveOptions,
  UnsupportedError,
  type TypedBackend,
  type OptionsOf,
} from "@mobilenet-bench/backend";
import type { InferenceSession } from "onnxruntime-common";
import { COMPUTES } from "./computes.ts";
import { loadProven } from "./load-proven.ts";
import { findLibrary, loadLibrary, type Library } from "./node/library.ts";
import { profiledSession } from "./node/profiled-session.ts";
import { OPTIONS, PROVIDERS, sessionOptions, type Settings } from "./node/settings.ts";
import type { Runtime } from "./runtime.ts";

export type OrtNodeOptions = OptionsOf<typeof OPTIONS>;

/** ONNX Runtime's native library under Node. */
export const ortNode: TypedBackend<typeof OPTIONS> = {
  id: "ort-node",
  summary: "ONNX Runtime, native (onnxruntime-node)",
  platforms: ["node"],
  options: OPTIONS,

  availability: () => Promise.resolve(findLibrary()),

  async prepare() {
    await loadLibrary();
  },

  async load(model, weights, options) {
    const settings = resolveOptions(ortNode, options);
    layersFor(ortNode.id, model, COMPUTES);
    const library = await loadLibrary();
    assertProvider(library, settings.provider);
    const asked = {
      backend: ortNode.id,
      threads: settings.threads,
      provider: PROVIDERS[settings.provider],
      remedy: "Use provider=cpu.",
    };
    return loadProven(nativeRuntime(library, settings), model, weights, asked, () => ({
      library: `onnxruntime-node ${library.env.versions.node}`,
      spinning: settings.spinning,
      sessionOptions: sessionOptions(settings),
    }));
  },
};

function nativeRuntime(library: Library, settings: Settings): Runtime {
  const create = async (onnx: Uint8Array, more: InferenceSession.SessionOptions = {}) => {
    try {
      return await library.InferenceSession.create(onnx, { ...sessionOptions(settings), ...more });
    } catch (cause) {
      // On the processor a failure is no lack of the machine but a mistake of ours.
      if (settings.provider === "cpu" || !(cause instanceof Error)) throw cause;
      throw refusal(`ONNX Runtime cannot start its provider ${settings.provider} (${cause.message}).`, cause);
    }
  };
  return {
    Tensor: library.Tensor,
    createSession: (onnx) => create(onnx),
    createProfiled: (onnx, use) => profiledSession((profiling) => create(onnx, profiling), use),
  };
}

/** @throws UnsupportedError where the library was built without the provider */
function assertProvider(library: Library, provider: string) {
  const names = library.listSupportedBackends().map(({ name }) => name);
  if (!names.includes(provider))
    throw refusal(
      `onnxruntime-node has no provider ${provider} on ${process.platform}/${process.arch} (it has ${names.join(", ")}).`,
    );
}

function refusal(reason: string, cause?: Error): UnsupportedError {
  return new UnsupportedError("backend-ort-node", reason, "Use provider=cpu.", { cause });
}
