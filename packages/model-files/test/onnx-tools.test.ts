import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { exportOnnx, type ExportOptions } from "@mobilenet-bench/model-files/onnx";
import { createModel, generateWeights, type ModelConfig } from "@mobilenet-bench/spec";

/** A Python with the package `onnx`: that of the set-up, where it made one, or the one that PYTHON names. */
const SET_UP = fileURLToPath(new URL("../../../.mnb/python/bin/python", import.meta.url));
const PYTHON = process.env.PYTHON ?? (existsSync(SET_UP) ? SET_UP : "python3");
const found = spawnSync(PYTHON, ["-c", "import onnx; print(onnx.__version__)"], { encoding: "utf8" });
const missing = found.error
  ? `There is no ${PYTHON} here.`
  : `${PYTHON} has no package onnx; PYTHON may name one that has.`;

/** Checks a model from standard input and prints the shape that inference gives its output. */
const CHECK = `
import sys, onnx
model = onnx.load_model_from_string(sys.stdin.buffer.read())
onnx.checker.check_model(model, full_check=True)
inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
known = {v.name for v in inferred.graph.value_info} | {o.name for o in inferred.graph.output}
unknown = [n.name for n in inferred.graph.node if n.output[0] not in known]
assert not unknown, unknown
print([d.dim_param or d.dim_value for d in inferred.graph.output[-1].type.tensor_type.shape.dim])
`;

const CASES: readonly (readonly [ModelConfig, ExportOptions, string])[] = [
  [{ alpha: 0.25, resolution: 96 }, {}, "['N', 1000]"],
  [{ alpha: 0.35, resolution: 33, classes: 1 }, { batch: 1 }, "[1, 1]"],
  [{ alpha: 0.25, resolution: 45, classes: 7 }, { batchNorm: true, softmax: true }, "['N', 7]"],
  [{ alpha: 0.2, resolution: 37, classes: 3, conv: true }, { layerOutputs: true, batch: 3 }, "[3, 3]"],
  [{ alpha: 0.1, resolution: 50, shallow: true, classes: 5 }, { batch: 2, batchNorm: true }, "[2, 5]"],
];

if (found.status !== 0) process.stderr.write(`onnx-tools.test.ts is skipped: ${missing}\n`);

describe("onnx in Python accepts what is exported", () => {
  test.for(CASES)("%o with %o", { timeout: 60_000 }, ([config, options, shape], { skip }) => {
    if (found.status !== 0) skip(missing);
    const model = createModel(config);
    const input = exportOnnx(model, generateWeights(model), options);
    const { status, stdout, stderr } = spawnSync(PYTHON, ["-c", CHECK], { input, encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout.trim()).toBe(shape);
  });
});
