import onnxProto, { type onnx } from "onnx-proto";
import { ModelFileError } from "../../error.ts";
import { BoundedReader } from "./bounded-reader.ts";

/** An ONNX model that has a graph. */
export type DecodedModel = onnx.IModelProto & { readonly graph: onnx.IGraphProto };

/** @throws ModelFileError where the bytes are cut off, foreign, or make up too much */
export function decodeModel(bytes: Uint8Array): DecodedModel {
  let model: onnx.IModelProto;
  try {
    // A view of plain bytes, whose parts are views too; on a Buffer the library would take another reader.
    const view = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    model = onnxProto.onnx.ModelProto.decode(new BoundedReader(view));
  } catch (cause) {
    if (cause instanceof ModelFileError) throw cause;
    throw notOnnx("it does not end where its fields say, or has other fields", cause);
  }
  const { graph } = model;
  if (!graph?.node?.length) throw notOnnx("it holds no graph");
  return { ...model, graph };
}

function notOnnx(fact: string, cause?: unknown) {
  return new ModelFileError(
    `the file is no ONNX model, or is cut off: ${fact}`,
    "Export or download it again",
    {
      cause,
    },
  );
}
