import type { onnx } from "onnx-proto";
import type { Operation } from "../../graph/source-graph.ts";
import { Attributes } from "./attributes.ts";
import { axis, type Layout } from "./layout.ts";
import { BATCH } from "./value.ts";

/**
 * An input of the graph. Its layout is told by where the three channels are, or, where that is open, by whether it is
 * transposed to NCHW first.
 * @param resolution the height and width where the file leaves them open
 */
export function readInput(
  input: onnx.IValueInfoProto,
  isTransposed: boolean,
  resolution: number | undefined,
): { readonly operation: Operation; readonly layout: Layout } {
  const dims = input.type?.tensorType?.shape?.dim?.map(({ dimValue }) => {
    const size = Number(dimValue ?? 0);
    return size > 0 ? size : null;
  });
  if (dims?.length !== 4)
    return {
      operation: { type: "other", what: `an input of ${dims?.length ?? "unknown"} dimensions` },
      layout: (dims ?? []).map((size) => axis("other", size)),
    };
  const [batch = null, first = null, second = null, third = null] = dims;
  const mayBeNchw = first === 3 || first === null;
  const mayBeNhwc = third === 3 || third === null;
  const isNhwc = mayBeNchw && mayBeNhwc ? isTransposed : mayBeNhwc;
  const [height, width, channels] = isNhwc ? [first, second, third] : [second, third, first];
  const images = axis("images", batch ?? BATCH);
  const plane = [axis("rows", height ?? resolution ?? null), axis("columns", width ?? resolution ?? null)];
  const colours = axis("channels", channels ?? 3);
  return {
    operation: { type: "input", height, width, channels },
    layout: isNhwc ? [images, ...plane, colours] : [images, colours, ...plane],
  };
}

/** The values that a node brings from NHWC to NCHW. */
export function transposedToNchw(nodes: readonly onnx.INodeProto[]): ReadonlySet<string> {
  const toNchw = nodes.filter(
    (node) => node.opType === "Transpose" && new Attributes(node).ints("perm")?.join() === "0,3,1,2",
  );
  return new Set(toNchw.map(({ input }) => input?.[0] ?? ""));
}
