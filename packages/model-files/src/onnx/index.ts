export {
  exportOnnx,
  exportOnnxLayer,
  INPUT,
  LOGITS,
  outputName,
  type ExportOptions,
} from "./write/export-onnx.ts";
