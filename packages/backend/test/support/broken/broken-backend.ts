import { createHash } from "node:crypto";
import type { Layer, Model, Weights } from "@mobilenet-bench/spec";
import { reference as typed, THREADS, type Backend, type Options, type Session } from "../../../src/index.ts";

/** A backend with one fault, and the checks that must catch it. */
export interface BrokenBackend {
  readonly fault: string;
  /** A fresh one for each check, so that what lingers in one cannot hide another. */
  readonly make: () => Backend;
  readonly options?: Options;
  readonly caughtBy: readonly string[];
  /** Other checks may fail too, because the fault shows in every output. */
  readonly everywhere?: boolean;
}

/** The reference as callers see it who have their options from elsewhere: names and values are checked when it loads. */
export const reference: Backend = remembering(typed);

/** The reference with some members of its sessions replaced. */
export function wrap(
  change: (session: Session, model: Model, options: Options) => Partial<Session>,
): Backend {
  return withLoad(async (model, weights, options) => {
    const session = await reference.load(model, weights, options);
    return { ...members(session), ...change(session, model, options) };
  });
}

export function withLoad(
  load: (model: Model, weights: Weights, options: Options) => Promise<Session>,
): Backend {
  return {
    ...reference,
    id: "broken",
    load: (model, weights, options = {}) => load(model, weights, options),
  };
}

/** The session's members as properties of a plain object. */
export function members(session: Session): Session {
  const { inferBatch, inferLayer, layerOutputs, timeLayers, memory } = session;
  return {
    actual: session.actual,
    infer: (input) => session.infer(input),
    dispose: () => session.dispose(),
    ...(inferBatch && { inferBatch: inferBatch.bind(session) }),
    ...(inferLayer && { inferLayer: inferLayer.bind(session) }),
    ...(layerOutputs && { layerOutputs: layerOutputs.bind(session) }),
    ...(timeLayers && { timeLayers: timeLayers.bind(session) }),
    ...(memory && { memory: memory.bind(session) }),
  };
}

/** The reference, computing some layers differently. */
export function withLayers(change: (layer: Layer) => Layer): Backend {
  return withLoad((model, weights, options) =>
    reference.load({ ...model, layers: model.layers.map(change) }, weights, options),
  );
}

/** The reference with an option `threads` that it does not pass on. */
export function withThreads(load: (options: Options) => number): Backend {
  const options = { threads: THREADS };
  return {
    ...withLoad(async (model, weights, given) => {
      const threads = load(given);
      const session = members(await reference.load(model, weights));
      return { ...session, actual: { ...session.actual, threads } };
    }),
    options,
  };
}

/**
 * The same backend, which computes no logits twice: those of an image are kept by model and weights. What a session
 * refuses it still refuses itself.
 */
function remembering(backend: Backend): Backend {
  const known = new WeakMap<Weights, Map<string, Float32Array>>();
  return {
    ...backend,
    async load(model, weights, options) {
      const session = await backend.load(model, weights, options);
      const logitsOf = known.get(weights) ?? new Map<string, Float32Array>();
      known.set(weights, logitsOf);
      const layers = JSON.stringify(model.layers);
      let isAlive = true;
      return {
        ...members(session),
        async infer(input) {
          const bytes = new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
          const key = createHash("md5").update(layers).update(bytes).digest("hex");
          const logits = (isAlive ? logitsOf.get(key) : undefined) ?? (await session.infer(input));
          logitsOf.set(key, logits);
          return logits.slice();
        },
        dispose() {
          isAlive = false;
          return session.dispose();
        },
      };
    },
  };
}
