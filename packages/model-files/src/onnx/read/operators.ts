import type { onnx } from "onnx-proto";
import { ModelFileError } from "../../error.ts";
import { quote } from "../../quote.ts";

/** Domains of ONNX's own operators. */
const DOMAINS: ReadonlySet<string> = new Set(["", "ai.onnx"]);

/** Whether an operator, or a set of them, is ONNX's own. */
export function isOnnx({ domain }: { readonly domain?: string | null }): boolean {
  return DOMAINS.has(domain ?? "");
}

/** What an operator of another domain is, and what helps; undefined for ONNX's own. */
export function foreignOperator(node: onnx.INodeProto) {
  if (isOnnx(node)) return undefined;
  const domain = node.domain ?? "";
  const isRuntimes = domain.startsWith("com.microsoft");
  return {
    what: `an operator of the domain ${quote(domain)}`,
    remedy: isRuntimes
      ? "ONNX Runtime has written it after its optimization: import the file from before, or optimize with graph_optimization_level = ORT_ENABLE_BASIC"
      : "Export the network in ONNX's own operators alone",
  };
}

/** Of ONNX and of ONNX Runtime: QuantizeLinear, ConvInteger, QLinearConv, QGemm, MatMulNBits … */
const QUANTIZED =
  /^(Dynamic)?(Quantize|Dequantize)|Integer(ToFloat|16)?$|^QLinear|^Q(Gemm|Attention|MoE|EmbedLayer)|^MatMul(N|B?n?b)?Bits/;

/** @throws ModelFileError where the network computes with integers */
export function refuseQuantized(nodes: readonly onnx.INodeProto[]) {
  const node = nodes.find(({ opType }) => QUANTIZED.test(opType ?? ""));
  if (!node) return;
  throw new ModelFileError(
    `the network is quantized: node ${quote(node.name || (node.output?.[0] ?? ""))} is a ${node.opType}, and float32 networks alone are read`,
    "Import the float32 model that it was quantized from",
  );
}
