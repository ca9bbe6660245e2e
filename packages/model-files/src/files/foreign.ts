import { TORCH_EXPORT } from "../torch-export.ts";
import { isFloats } from "./bare-numbers.ts";

/** A file of another tool, and the step that makes one of it that is read. */
interface Foreign {
  readonly what: string;
  readonly remedy: string;
}

const SAVED_MODEL = "tensorflowjs_converter --input_format=tf_saved_model FOLDER OUTPUT";

/**
 * First bytes (as latin-1) by what they are the beginning of; the first that fits counts. In those of binary files
 * `V` stands for a length of protocol buffers: some bytes with their highest bit set, and one without.
 */
const MAGIC: readonly (Foreign & { readonly magic: RegExp })[] = [
  {
    magic: /^\x89HDF\r\n/,
    what: "a Keras file in HDF5",
    remedy: "Convert it with tensorflowjs_converter --input_format=keras, and import the model.json",
  },
  {
    magic: binary("PK\\x03\\x04.{26,300}?(metadata\\.json|config\\.json|model\\.weights\\.h5)"),
    what: "a Keras file (.keras)",
    remedy:
      "Convert it with tensorflowjs_converter --input_format=keras_keras --output_format=tfjs_layers_model, and import the model.json",
  },
  {
    magic: binary(
      "PK\\x03\\x04.{26,300}?(\\/data\\.pkl|\\/data\\/0|\\/constants\\.pkl|\\/code\\/|\\/models\\/|\\/version|\\/byteorder)",
    ),
    what: "a PyTorch file (.pt, .pth)",
    remedy: `Load it into its network in PyTorch, and export that: ${TORCH_EXPORT}`,
  },
  {
    magic: binary("PK\\x03\\x04.{26,300}?\\.npy"),
    what: "an archive of NumPy arrays (.npz)",
    remedy: "It has numbers without a network: export the network itself as ONNX or TensorFlow.js",
  },
  {
    magic: /^PK/,
    what: "a zip archive",
    remedy: "Unpack it, and name the model in it",
  },
  {
    magic: binary("\\x80\\x02\\x8a\\x0al\\xfc\\x9cF\\xf9 j\\xa8P\\x19"),
    what: "a PyTorch file (.pt, .pth) of the old form",
    remedy: `Load it into its network in PyTorch, and export that: ${TORCH_EXPORT}`,
  },
  {
    magic: binary("\\x80[\\x02-\\x05]"),
    what: "a Python pickle",
    remedy: "Export the model from the tool that wrote it as ONNX",
  },
  {
    magic: /^\x93NUMPY/,
    what: "a NumPy array (.npy)",
    remedy: "It has numbers without a network: export the network itself as ONNX or TensorFlow.js",
  },
  {
    magic: /^.{4}TFL3/s,
    what: "a TensorFlow Lite model",
    remedy:
      "Convert it with python -m tf2onnx.convert --tflite FILE --output model.onnx, if it is of float32",
  },
  {
    magic: /^.{4}ORTM/s,
    what: "a model in ONNX Runtime's own format (.ort)",
    remedy: "Import the .onnx file that it was made from",
  },
  {
    magic: binary("\\x1f\\x8b"),
    what: "compressed with gzip",
    remedy: "Unpack it with gunzip, or with tar -xzf if it is an archive, and name the model in it",
  },
  {
    magic: binary("(\\xfd7zXZ\\0|BZh[1-9]|\\x28\\xb5\\x2f\\xfd|7z\\xbc\\xaf\\x27\\x1c|Rar!|.{257}ustar)"),
    what: "an archive, or compressed",
    remedy: "Unpack it, and name the model in it",
  },
  {
    magic: /^version https:\/\/git-lfs/,
    what: "a pointer of Git LFS, not the file itself",
    remedy: "Run git lfs pull",
  },
  {
    magic: /^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?<net\s/,
    what: "a network of OpenVINO",
    remedy: "Import the model that it was converted from, as ONNX",
  },
  {
    magic: /^(\xef\xbb\xbf)?\s*</,
    what: "a page of HTML or XML, not a model",
    remedy: "Check the address that it was downloaded from",
  },
  {
    magic: /^(\xef\xbb\xbf)?\s*\[\s*\{\s*"(paths|weights)"\s*:/,
    what: "a manifest of TensorFlow.js weights, without a network",
    remedy:
      "Name the model.json that describes the network; where there is none, convert the network again with tensorflowjs_converter",
  },
  {
    magic: /^(\xef\xbb\xbf)?\s*\[/,
    what: "a list in JSON, not a model",
    remedy: "Name the model itself: an .onnx or .safetensors file, or a model.json",
  },
  {
    magic: /^(\xef\xbb\xbf)?\s*\{\s*("(module|registered_name)"\s*:[^{}]*)?"class_name"\s*:/,
    what: "Keras's description of a network, without weights",
    remedy:
      "Save the model with model.save(), convert that with tensorflowjs_converter --input_format=keras_keras --output_format=tfjs_layers_model, and import the model.json",
  },
  {
    magic: /^(\xef\xbb\xbf)?\s*\{\s*"(irVersion|ir_version)"/,
    what: "an ONNX model as JSON",
    remedy: 'Save it in the binary form: onnx.save(model, "model.onnx")',
  },
  {
    magic: /^(\xef\xbb\xbf)?\s*((node|library|versions)\s*\{|name:\s*"|layer\s*\{)/,
    what: "a network as text of protocol buffers (.pbtxt, .prototxt)",
    remedy: "Import a model with its weights: export it as ONNX or TensorFlow.js",
  },
  {
    magic: /^model_checkpoint_path:/,
    what: "the list of TensorFlow's checkpoints",
    remedy: `Save the network as a SavedModel, and convert that: ${SAVED_MODEL}`,
  },
  {
    magic: binary("\\0\\0.\\x08[\\x01-\\x7f]\\x1a\\x02\\x08"),
    what: "the index of a TensorFlow checkpoint",
    remedy: `Save the network as a SavedModel, and convert that: ${SAVED_MODEL}`,
  },
  // A version 1, then a MetaGraphDef, which begins with its operators or tags.
  {
    magic: binary("\\x08\\x01\\x12V\\x0aV[\\x0a\\x12\\x22]"),
    what: "a TensorFlow SavedModel",
    remedy: `Convert its folder with ${SAVED_MODEL}, and import the model.json`,
  },
  {
    magic: binary("\\x0aV\\x12V\\x0aV\\x0aV[A-Z]"),
    what: "the graph of a TensorFlow checkpoint (.meta)",
    remedy: `Save the network as a SavedModel, and convert that: ${SAVED_MODEL}`,
  },
  // Nodes, each with its name and its operator.
  {
    magic: binary("\\x0aV\\x0aV[\\w./-]{1,400}?\\x12V[A-Z_]\\w+"),
    what: "a TensorFlow frozen graph (.pb)",
    remedy:
      "Convert it with tensorflowjs_converter --input_format=tf_frozen_model --output_node_names=NAME FILE OUTPUT, or with python -m tf2onnx.convert --graphdef FILE --inputs NAME:0 --outputs NAME:0 --output model.onnx",
  },
  {
    magic: binary("\\x0aV[\\w. -]{1,100}?(\\xa2\\x06|\\x12)V\\x0a"),
    what: "a Caffe model (.caffemodel)",
    remedy: "Convert it to ONNX, and import that",
  },
];

/** A pattern of bytes, also of those that are no letters. */
function binary(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll("V", "[\\x80-\\xff]{0,4}[\\x01-\\x7f]")}`, "s");
}

/**
 * What a file is that is of none of the formats that are read.
 * @param head its first bytes, some hundreds
 */
export function foreignFormat(head: Uint8Array): Foreign | undefined {
  const text = Buffer.from(head).toString("latin1");
  const known = MAGIC.find(({ magic }) => magic.test(text));
  if (known) return known;
  return isFloats(head)
    ? {
        what: "numbers alone, without a description of a network",
        remedy:
          "Name the file that describes the network and names this one: the model.json of TensorFlow.js, or the .onnx",
      }
    : undefined;
}
