import onnxProto, { type onnx } from "onnx-proto";
import { ModelFileError } from "../../error.ts";
import type { SourceFiles } from "../../files/source-files.ts";
import { quote } from "../../quote.ts";
import { rawByteLength } from "./tensor.ts";

const { DataLocation } = onnxProto.onnx.TensorProto;

/** The values of the tensors that lie in other files, which must be beside the model or below it. */
export async function readExternalData(
  tensors: Iterable<onnx.ITensorProto>,
  files: SourceFiles,
): Promise<ReadonlyMap<onnx.ITensorProto, Uint8Array>> {
  const found = new Map<onnx.ITensorProto, Uint8Array>();
  for (const tensor of tensors)
    if (tensor.dataLocation === DataLocation.EXTERNAL) found.set(tensor, await readOne(tensor, files));
  return found;
}

async function readOne(tensor: onnx.ITensorProto, files: SourceFiles): Promise<Uint8Array> {
  const entries = new Map(tensor.externalData?.map(({ key, value }) => [key ?? "", value ?? ""]));
  const name = quote(tensor.name ?? "");
  const location = entries.get("location");
  if (location === undefined)
    throw new ModelFileError(
      `tensor ${name} lies in another file and does not say in which`,
      "The file is broken: export or download it again",
    );
  const wanted = rawByteLength(tensor);
  const offset = Number(entries.get("offset") ?? 0);
  const length = Number(entries.get("length") ?? wanted);
  if (length !== wanted)
    throw new ModelFileError(
      `tensor ${name} needs ${wanted} bytes, but names ${length} of ${quote(location)}`,
      "The files do not belong together: export or download them again",
    );
  return files.read(location, { offset, length });
}
