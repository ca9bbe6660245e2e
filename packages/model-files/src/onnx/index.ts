export {
  exportOnnx,
  exportOnnxLayer,
  INPUT,
  LOGITS,
  outputName,
  type ExportOptions,
} from "./write/export-onnx.ts";
export { Graph as OnnxGraph } from "./write/graph.ts";
