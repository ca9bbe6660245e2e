import { syntheticImage } from "@mobilenet-bench/spec";
import { BACKENDS } from "../backends.ts";
import { parsePlannedCell } from "../plan/cell.ts";
import { digest } from "../runner/digest.ts";
import { makeInputs } from "../runner/inputs.ts";
import { RATCHET_SEED } from "../check/ratchet.ts";

// Prints what a cell's session computes, as digests: its logits for two pictures, and every layer in both modes.
// It compares nothing, so that it tells whether a fault changes anything also where a check does not see it.

const [id = ""] = process.argv.slice(2);
const { backend: name, network, options } = await parsePlannedCell(id);
const { model, weights, input } = makeInputs(network, { seed: RATCHET_SEED });
const backend = await BACKENDS[name]();
const session = await backend.load(model, weights, options);
const outputs: string[] = [];
for (const image of [syntheticImage(model.resolution, RATCHET_SEED + 1), input])
  outputs.push(digest(await session.infer(image)));
for (const [layer, output] of (await session.layerOutputs?.(input)) ?? []) {
  outputs.push(digest(output));
  const next = model.layers[model.layers.findIndex((known) => known.name === layer) + 1];
  if (next && next.type !== "softmax" && session.inferLayer)
    outputs.push(digest(await session.inferLayer(next.name, output)));
}
await session.dispose();
process.stdout.write(outputs.join(" "));
