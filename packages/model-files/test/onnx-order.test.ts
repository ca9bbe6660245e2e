import fc from "fast-check";
import onnxProto, { type onnx } from "onnx-proto";
import { expect, test } from "vitest";
import { exportOnnx } from "@mobilenet-bench/model-files/onnx";
import { createModel, generateWeights } from "@mobilenet-bench/spec";
import { errorOf } from "./support/error-of.ts";
import { differences, readBytes } from "./support/models.ts";

const model = createModel({ alpha: 0.1, resolution: 32, classes: 3 });
const weights = generateWeights(model);
const exported = exportOnnx(model, weights, { batchNorm: true, softmax: true });

function edited(edit: (nodes: onnx.INodeProto[]) => onnx.INodeProto[]): Uint8Array {
  const proto = onnxProto.onnx.ModelProto.decode(exported);
  if (proto.graph) proto.graph.node = edit(proto.graph.node ?? []);
  return onnxProto.onnx.ModelProto.encode(proto).finish();
}

test("nodes may stand in any order", async () => {
  const count =
    edited((nodes) => nodes).length && (onnxProto.onnx.ModelProto.decode(exported).graph?.node ?? []).length;
  const places = Array.from({ length: count }, (_, place) => place);
  const anyOrder = fc.shuffledSubarray(places, { minLength: count, maxLength: count });
  await fc.assert(
    fc.asyncProperty(anyOrder, async (order) => {
      const bytes = edited((nodes) => order.flatMap((place) => nodes[place] ?? []));
      expect(differences(await readBytes(bytes), { model, weights })).toEqual([]);
    }),
    { numRuns: 10, examples: [[places.toReversed()]] },
  );
});

test("nodes that wait for each other are refused", async () => {
  const bytes = edited((nodes) => {
    const [first] = nodes;
    if (first) first.input = [nodes.at(-1)?.output?.[0] ?? "", ...(first.input ?? []).slice(1)];
    return nodes;
  });
  expect(await errorOf(readBytes(bytes))).toMatch(
    /waits for its own result\. Export the model again: no graph with such a circle can be computed/,
  );
});

test("as many nodes in a row as a file may have are sorted without end of the stack", async () => {
  const many = 100_000;
  const bytes = edited((nodes) => [
    ...Array.from({ length: many }, (_, i) => ({
      opType: "Identity",
      input: [`v${many - i - 1}`],
      output: [i === 0 ? "unused" : `v${many - i}`],
    })),
    ...nodes,
  ]);
  expect(await errorOf(readBytes(bytes))).not.toMatch(/stack/i);
});
