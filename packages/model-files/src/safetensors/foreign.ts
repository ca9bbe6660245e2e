import { ModelFileError } from "../error.ts";
import { quote } from "../quote.ts";
import { TORCH_EXPORT } from "../torch-export.ts";
import { FORMAT } from "./metadata.ts";

/** How PyTorch ends the names of parameters and of the statistics of batch norm. */
const OF_PYTORCH = /\.(weight|bias|running_mean|running_var|num_batches_tracked)$/;

/**
 * @param format as the metadata name it
 * @param names of the tensors
 * @throws ModelFileError where the file is another tool's
 */
export function refuseForeign(format: string | undefined, names: readonly string[]) {
  if (format === FORMAT) return;
  const name = names.find((one) => OF_PYTORCH.test(one));
  if (name !== undefined)
    throw new ModelFileError(
      `the safetensors file is a state dict of PyTorch: weights by name, such as ${quote(name)}, without the network`,
      `Load it into its network in PyTorch, and export that: ${TORCH_EXPORT}`,
    );
  throw new ModelFileError(
    `the safetensors file is not ours: its metadata name ${format === undefined ? "no format" : `the format ${quote(format)}`}`,
    "Import the model that it was made from as ONNX or TensorFlow.js: safetensors alone say nothing of the network",
  );
}
