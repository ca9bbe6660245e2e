import { createHash } from "node:crypto";
import type { Backend } from "@mobilenet-bench/backend";
import { parseCellId } from "@mobilenet-bench/results";
import { isComputed, syntheticImage } from "@mobilenet-bench/spec";
import { makeInputs } from "./inputs.ts";

// Prints what a cell's session computes, as digests: its logits for two pictures, and every layer in both modes.
// It compares nothing, so that it tells whether a fault changes anything also where a check does not see it.

const [entry = "", id = "", seed = ""] = process.argv.slice(2);
const { model: name, backend: exported, options } = parseCellId(id);
const { model, weights, input } = makeInputs(name, Number(seed));
const { [exported]: backend }: Record<string, Backend | undefined> = await import(entry);
if (!backend)
  throw new Error(`[mutation] ${entry} exports no ${exported}. Name backends as they are exported.`);
const session = await backend.load(model, weights, options);
const outputs: string[] = [];
for (const image of [syntheticImage(model.resolution, Number(seed) + 1), input])
  outputs.push(digest(await session.infer(image)));
for (const [layer, output] of (await session.layerOutputs?.(input)) ?? []) {
  outputs.push(digest(output));
  const next = model.layers[model.layers.findIndex((known) => known.name === layer) + 1];
  if (next && isComputed(next) && session.inferLayer)
    outputs.push(digest(await session.inferLayer(next.name, output)));
}
await session.dispose();
process.stdout.write(outputs.join(" "));

function digest({ buffer, byteOffset, byteLength }: Float32Array): string {
  return createHash("sha256")
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest("base64");
}
