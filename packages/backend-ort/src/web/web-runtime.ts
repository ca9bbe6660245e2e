import type { InferenceSession } from "onnxruntime-common";
import { capturePrinted } from "#web-host";
import { parseDeviceTimes, parseProfile } from "../profile.ts";
import type { Profiled, Runtime, Use } from "../runtime.ts";
import type { WebLibrary } from "./library.ts";
import { memoryOf, noticeMemory } from "./wasm-memory.ts";

export const SESSION_OPTIONS = {
  graphOptimizationLevel: "all",
  executionMode: "sequential",
  enableCpuMemArena: true,
  enableMemPattern: true,
  // Fatal errors only: all others come as exceptions too.
  logSeverityLevel: 4,
} as const satisfies InferenceSession.SessionOptions;

/** onnxruntime-web with one of its providers. */
export function webRuntime(library: WebLibrary, options: InferenceSession.SessionOptions): Runtime {
  const { InferenceSession, Tensor } = library;
  // The library writes into the options that it is given.
  const create = (onnx: Uint8Array, more: InferenceSession.SessionOptions = {}) =>
    noticeMemory(library, () => InferenceSession.create(onnx, structuredClone({ ...options, ...more })));
  return {
    Tensor,
    createSession: (onnx) => inTurn(() => create(onnx)),
    createProfiled: (onnx, use) => inTurn(() => profiledSession(create, onnx, use)),
    memory: () => memoryOf(library),
  };
}

let last: Promise<unknown> = Promise.resolve();

/**
 * One after the other: profiles printed at the same time could not be told apart, and the library refuses to create
 * two sessions on a GPU at once.
 */
export function inTurn<T>(action: () => Promise<T>): Promise<T> {
  const turn = last.then(action);
  last = turn.catch(() => undefined);
  return turn;
}

type Create = (onnx: Uint8Array, more: InferenceSession.SessionOptions) => Promise<InferenceSession>;

/** {@link Runtime.createProfiled}, where the library prints its profile: a list in JSON, an event per line. */
async function profiledSession(create: Create, onnx: Uint8Array, use: Use): Promise<Profiled> {
  const { result, lines } = await capturePrinted(isProfile, async () => {
    const session = await create(onnx, { enableProfiling: true });
    try {
      await use(session);
      session.endProfiling();
      return session;
    } catch (error) {
      await session.release();
      throw error;
    }
  });
  const profile = lines.join("\n");
  return { session: result, nodes: parseProfile(profile), deviceTimes: parseDeviceTimes(profile) };
}

function isProfile(line: string): boolean {
  return line === "[" || line === "]" || line.startsWith('{"cat"');
}
