import { resolveOptions, UnsupportedError, type Actual, type Backend } from "@mobilenet-bench/backend";
import { inputLength, type Model } from "@mobilenet-bench/spec";
import type { InferenceSession } from "onnxruntime-common";
import { findLibrary, loadLibrary, type Library } from "./node/library.ts";
import { NativeSession } from "./node/native-session.ts";
import { profiledSession } from "./node/profiled-session.ts";
import { OPTIONS, PROVIDERS, sessionOptions, settle, type Settings } from "./node/settings.ts";
import { exportOnnx, LOGITS } from "./onnx/export-onnx.ts";
import { countProviders, countThreads, type NodeRun } from "./profile.ts";
import { run } from "./runtime.ts";

const SOURCE = "backend ort-node";

/** ONNX Runtime's native library under Node. */
export const ortNode: Backend = {
  id: "ort-node",
  summary: "ONNX Runtime, native (onnxruntime-node)",
  platforms: ["node"],
  options: OPTIONS,

  availability: () => Promise.resolve(findLibrary()),

  async prepare() {
    await loadLibrary();
  },

  async load(model, weights, options) {
    const settings = settle(resolveOptions(ortNode, options));
    const library = await loadLibrary();
    const create = (onnx: Uint8Array, more: InferenceSession.SessionOptions = {}) =>
      createSession(library, settings, onnx, more);
    // The first inference is profiled: the very session that is measured proves what it runs on.
    const { session, nodes } = await profiledSession(
      (profiling) => create(exportOnnx(model, weights), profiling),
      (unproven) => inferOnce(library, unproven, model),
    );
    try {
      assertAsAsked(settings, nodes);
    } catch (error) {
      await session.release();
      throw error;
    }
    const runtime = { Tensor: library.Tensor, createSession: create };
    const actual = describe(library, settings, nodes);
    return new NativeSession({ runtime, model, weights, main: session, actual }, create);
  },
};

/** @throws UnsupportedError where the provider cannot be had */
async function createSession(
  library: Library,
  settings: Settings,
  onnx: Uint8Array,
  more: InferenceSession.SessionOptions,
): Promise<InferenceSession> {
  const { provider } = settings;
  const here = library.listSupportedBackends().map(({ name }) => name);
  if (!here.includes(provider))
    throw refusal(
      `onnxruntime-node for ${process.platform}/${process.arch} has no provider ${provider}; it has ${here.join(", ")}.`,
    );
  try {
    return await library.InferenceSession.create(onnx, { ...sessionOptions(settings), ...more });
  } catch (cause) {
    if (provider === "cpu") throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw refusal(`ONNX Runtime cannot start its provider ${provider}: ${detail}`, { cause });
  }
}

async function inferOnce(library: Library, session: InferenceSession, model: Model) {
  await run(library, session, new Float32Array(inputLength(model)), [1, ...model.input], [LOGITS]);
}

/** @throws UnsupportedError where a node ran elsewhere, or the pool has another size */
function assertAsAsked({ provider, threads }: Settings, nodes: readonly NodeRun[]) {
  const strays = nodes.filter((node) => node.provider !== PROVIDERS.get(provider));
  if (nodes.length === 0) throw refusal("ONNX Runtime's profile names no node, so nothing is proven.");
  if (strays.length > 0) {
    const names = strays.map((node) => `${node.name} on ${node.provider}`).join(", ");
    throw refusal(`ONNX Runtime ran ${strays.length} of ${nodes.length} nodes not on ${provider}: ${names}.`);
  }
  const started = countThreads(nodes);
  if (started !== threads) throw refusal(`ONNX Runtime started ${started} threads in place of ${threads}.`);
}

function refusal(reason: string, options?: ErrorOptions): UnsupportedError {
  return new UnsupportedError(SOURCE, reason, "Use the default provider, cpu.", options);
}

function describe(library: Library, settings: Settings, nodes: readonly NodeRun[]): Actual {
  const options = sessionOptions(settings);
  return {
    threads: countThreads(nodes),
    precision: "fp32",
    library: `onnxruntime-node ${library.env.versions.node}`,
    providers: countProviders(nodes),
    operators: Object.fromEntries(nodes.map(({ name, operator }) => [name, operator])),
    spinning: settings.spinning,
    graphOptimization: options.graphOptimizationLevel,
    execution: options.executionMode,
    memoryArena: options.enableCpuMemArena,
    memoryPattern: options.enableMemPattern,
    config: options.extra,
  };
}
