import { loadModel } from "../load.ts";
import type { WasmSession } from "../session.ts";
import { toFailure, type Call, type Results } from "./protocol.ts";

/** The entry of a worker that holds a page's session; its calls come one after the other. */
let session: WasmSession | undefined;

self.addEventListener("message", async ({ data: call, ports: [port] }: MessageEvent<Call>) => {
  try {
    port?.postMessage({ ok: true, result: await perform(call) });
  } catch (error) {
    port?.postMessage({ ok: false, failure: toFailure(error) });
  }
});

async function perform(call: Call): Promise<Results[keyof Results]> {
  if (call.method === "load") {
    session = await loadModel(call.model, call.weights, call.settings);
    return session.actual;
  }
  if (!session) throw new Error("[backend-wasm] Nothing is loaded. Load a model first.");
  switch (call.method) {
    case "inferBatch":
      return session.inferBatch(call.input, call.batch);
    case "inferLayer":
      return session.inferLayer(call.name, call.input);
    case "layerOutputs":
      return session.layerOutputs(call.input);
    case "timeLayers":
      return session.timeLayers(call.input);
    case "dispose":
      await session.dispose();
      return undefined;
  }
}
