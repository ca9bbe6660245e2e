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

/**
 * Runs `compute` with the engine's backend set to `name`. The engine has one active backend for the whole
 * process, and another session may set another one at any `await`: so it is looked at again after each, and
 * `compute` has no `await` inside.
 */
export async function onBackend<T>(tf: TensorFlow, name: string, compute: () => T): Promise<T> {
  while (tf.getBackend() !== name)
    if (!(await tf.setBackend(name)))
      throw new UnsupportedError(
        "backend-tfjs",
        `TensorFlow.js could not start its backend "${name}".`,
        "Look for its warning on standard error, or use another backend.",
      );
  return compute();
}
