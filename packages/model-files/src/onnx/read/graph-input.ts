import type { onnx } from "onnx-proto";
import { Attributes } from "./attributes.ts";
import { other, type Converted } from "./convert/node-view.ts";

/**
 * An input of the graph. Its layout is told by where the three channels are, or, where that is open, by whether it is
 * transposed to NCHW first.
 */
export function readInput(input: onnx.IValueInfoProto, isTransposed: boolean): Converted {
  const dims = input.type?.tensorType?.shape?.dim?.map(({ dimValue }) => {
    const size = Number(dimValue ?? 0);
    return size > 0 ? size : null;
  });
  if (dims?.length !== 4) return other(`an input of ${dims?.length ?? "unknown"} dimensions`);
  const [, first = null, second = null, third = null] = dims;
  const mayBeNchw = first === 3 || first === null;
  const mayBeNhwc = third === 3 || third === null;
  const isNhwc = mayBeNchw && mayBeNhwc ? isTransposed : mayBeNhwc;
  return isNhwc
    ? { operation: { type: "input", height: first, width: second, channels: third }, layout: "nhwc" }
    : { operation: { type: "input", height: second, width: third, channels: first }, layout: "nchw" };
}

/** The values that a node brings from NHWC to NCHW. */
export function transposedToNchw(nodes: readonly onnx.INodeProto[]): ReadonlySet<string> {
  const toNchw = nodes.filter(
    (node) => node.opType === "Transpose" && new Attributes(node).ints("perm")?.join() === "0,3,1,2",
  );
  return new Set(toNchw.map(({ input }) => input?.[0] ?? ""));
}
