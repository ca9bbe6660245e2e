export { exportOnnx, type ExportOptions } from "./onnx/export-onnx.ts";
