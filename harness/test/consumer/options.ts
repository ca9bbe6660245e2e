import { ortNode } from "@mobilenet-bench/backend-ort";
import { tfjsWebgpu } from "@mobilenet-bench/backend-tfjs";
import { ts } from "@mobilenet-bench/backend-ts";
import { wasm, type WasmOptions } from "@mobilenet-bench/backend-wasm";
import { webgpu } from "@mobilenet-bench/backend-webgpu";
import type { Model, Weights } from "@mobilenet-bench/spec";

// Never run: the compiler alone reads this. An error that does not come is one too.

export function load(model: Model, weights: Weights) {
  const options: WasmOptions = { threads: 2, simd: "wide" };
  return [
    wasm.load(model, weights),
    wasm.load(model, weights, options),
    ortNode.load(model, weights, { threads: 2, provider: "cpu", spinning: "off" }),
    // @ts-expect-error it is called threads
    wasm.load(model, weights, { thread: 2 }),
    // @ts-expect-error there is no such level
    wasm.load(model, weights, { simd: "wides" }),
    // @ts-expect-error a number, not its digits
    ts.load(model, weights, { threads: "2" }),
    // @ts-expect-error an option of another backend
    ts.load(model, weights, { simd: "wide" }),
    // @ts-expect-error there is no such precision
    webgpu.load(model, weights, { precision: "int8" }),
    // @ts-expect-error there is no such provider
    ortNode.load(model, weights, { provider: "gpu" }),
    // @ts-expect-error this one takes none
    tfjsWebgpu.load(model, weights, { threads: 2 }),
  ];
}
