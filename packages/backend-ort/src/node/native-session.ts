import { checkInputLength, layersToLogits } from "@mobilenet-bench/backend";
import { elements } from "@mobilenet-bench/spec";
import type { InferenceSession } from "onnxruntime-common";
import { layerTimes } from "../layer-times.ts";
import { exportOnnx, LOGITS } from "../onnx/export-onnx.ts";
import { OrtSession, type Parts } from "../ort-session.ts";
import { run } from "../runtime.ts";
import { profiledSession } from "./profiled-session.ts";

/** Inferences before the one whose times count: the first ones allocate. */
const WARM_UPS = 3;

/** Creates a session that has these options beyond those of the model's own. */
type Create = (onnx: Uint8Array, more: InferenceSession.SessionOptions) => Promise<InferenceSession>;

/** The native library profiles, the web one does not: so only here can layers be timed. */
export class NativeSession extends OrtSession {
  readonly #parts: Parts;
  readonly #create: Create;

  constructor(parts: Parts, create: Create) {
    super(parts);
    this.#parts = parts;
    this.#create = create;
  }

  async timeLayers(input: Float32Array): Promise<ReadonlyMap<string, number>> {
    this.assertOpen();
    const { runtime, model, weights } = this.#parts;
    checkInputLength(input, elements(model.input));
    const { session, nodes } = await profiledSession(
      (profiling) => this.#create(exportOnnx(model, weights), profiling),
      async (profiled) => {
        for (let i = 0; i <= WARM_UPS; i++)
          await run(runtime, profiled, input, [1, ...model.input], [LOGITS]);
      },
    );
    await session.release();
    const last = nodes.slice((nodes.length / (WARM_UPS + 1)) * WARM_UPS);
    return layerTimes(layersToLogits(model), last);
  }
}
