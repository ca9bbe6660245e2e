import { UnsupportedError } from "@mobilenet-bench/backend";
import type * as core from "@tensorflow/tfjs-core";

/** The module `@tensorflow/tfjs-core`; a type alone, since the library is imported when a model is loaded. */
export type TensorFlow = typeof core;

/**
 * The library in production mode: without its banners and per-operation checks, as its documentation advises
 * for deployment. The mode belongs to the engine, of which a process has one.
 */
export async function importTensorFlow(): Promise<TensorFlow> {
  const tf = await import("@tensorflow/tfjs-core");
  tf.enableProdMode();
  return tf;
}

/** The last call of {@link onBackend}: each waits for the one before. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Runs `compute` with the engine's backend set to `name`. The engine has one active backend for the whole
 * process, so sessions take turns: two that wanted different ones would else reset it under each other for ever.
 * `compute` has no `await` inside, and starts right after the look at which backend is active.
 */
export function onBackend<T>(tf: TensorFlow, name: string, compute: () => T): Promise<T> {
  const result = turn.then(async () => {
    while (tf.getBackend() !== name) await activate(tf, name);
    return compute();
  });
  // Whether it fails is the caller's business; the next one's turn comes anyway.
  turn = result.catch(() => {});
  return result;
}

async function activate(tf: TensorFlow, name: string) {
  // In production mode the library keeps to itself why a backend fails to start.
  tf.env().set("PROD", false);
  try {
    if (await tf.setBackend(name)) return;
  } finally {
    tf.enableProdMode();
  }
  throw new UnsupportedError(
    "backend-tfjs",
    `TensorFlow.js could not start its backend "${name}".`,
    "Look for its warning on standard error, or use another backend.",
  );
}
