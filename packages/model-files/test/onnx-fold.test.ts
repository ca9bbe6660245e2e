import fc from "fast-check";
import onnxProto, { type onnx } from "onnx-proto";
import * as ort from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { Evaluation } from "../src/onnx/read/evaluate.ts";
import { FOLDS } from "../src/onnx/read/fold/folds.ts";
import { Scope } from "../src/onnx/read/scope.ts";
import { OnnxBuilder, type AttributeValue } from "./support/onnx-builder.ts";
import { runs } from "./support/runs.ts";

const { DataType } = onnxProto.onnx.TensorProto;
const TIMEOUT_MS = 60_000;

interface Case {
  readonly inputs: readonly (onnx.ITensorProto | undefined)[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

const dims = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });
const someDims = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * size, 1);
/** Lists of the last sizes of a shape, some of them 1, as broadcasting allows. */
const broadcastable = (shape: readonly number[]) =>
  fc
    .tuple(fc.nat(shape.length), fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }))
    .map(([from, ones]) => shape.map((size, axis) => (ones[axis] ? 1 : size)).slice(from));

function numbers(shape: readonly number[], isFloat: boolean, min = -9, max = 9) {
  const value = isFloat
    ? fc.integer({ min: min * 4, max: max * 4 }).map((n) => n / 4)
    : fc.integer({ min, max });
  return fc
    .array(value, { minLength: product(shape), maxLength: product(shape) })
    .map((values) => tensor(shape, values, isFloat));
}
function tensor(shape: readonly number[], values: readonly number[], isFloat = false): onnx.ITensorProto {
  return isFloat
    ? { dataType: DataType.FLOAT, dims: [...shape], floatData: [...values] }
    : { dataType: DataType.INT64, dims: [...shape], int64Data: [...values] };
}
const list = (...values: readonly number[]) => tensor([values.length], values);
const truths = (shape: readonly number[]) =>
  fc
    .array(fc.integer({ min: 0, max: 1 }), { minLength: product(shape), maxLength: product(shape) })
    .map((int32Data): onnx.ITensorProto => ({ dataType: DataType.BOOL, dims: [...shape], int32Data }));
const any = (shape: readonly number[]) => fc.boolean().chain((isFloat) => numbers(shape, isFloat));

const unary = (min = -9, isFloat?: boolean) =>
  dims.chain((shape) =>
    (isFloat === undefined ? fc.boolean() : fc.constant(isFloat))
      .chain((float) => numbers(shape, float, min))
      .map((input): Case => ({ inputs: [input] })),
  );
const binary = (types: fc.Arbitrary<boolean>, least = -9) =>
  fc.tuple(dims, types).chain(([shape, isFloat]) =>
    fc
      .tuple(broadcastable(shape), broadcastable(shape))
      .chain(([a, b]) => fc.tuple(numbers(a, isFloat), numbers(b, isFloat, least)))
      .map((inputs): Case => ({ inputs })),
  );
const logical = dims.chain((shape) =>
  fc
    .tuple(broadcastable(shape), broadcastable(shape))
    .chain(([a, b]) => fc.tuple(truths(a), truths(b)))
    .map((inputs): Case => ({ inputs })),
);
const axisOf = (shape: readonly number[]) => fc.integer({ min: -shape.length, max: shape.length - 1 });
const signs = fc.boolean();

/** Every operator with arguments that it may have. */
const CASES: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  Abs: unary(),
  Add: binary(signs),
  And: logical,
  Cast: dims.chain((shape) =>
    fc
      .tuple(any(shape), fc.constantFrom(DataType.FLOAT, DataType.INT64, DataType.BOOL, DataType.INT32))
      .map(([input, to]) => ({ inputs: [input], attributes: { to } })),
  ),
  CastLike: dims.chain((shape) => fc.tuple(any(shape), any([])).map((inputs) => ({ inputs }))),
  Ceil: unary(-9, true),
  Concat: someDims.chain((shape) =>
    fc.tuple(fc.boolean(), axisOf(shape), fc.integer({ min: 1, max: 3 })).chain(([isFloat, axis, size]) => {
      const at = axis < 0 ? axis + shape.length : axis;
      return fc
        .tuple(numbers(shape, isFloat), numbers(shape.with(at, size), isFloat))
        .map((inputs) => ({ inputs, attributes: { axis } }));
    }),
  ),
  Constant: fc
    .oneof(
      fc.integer({ min: -9, max: 9 }).map((value_int) => ({ value_int })),
      fc
        .array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 5 })
        .map((value_ints) => ({ value_ints })),
      fc.integer({ min: -9, max: 9 }).map((float) => ({ value_float: { float } })),
      any([2, 3]).map((value) => ({ value })),
    )
    .map((attributes) => ({ inputs: [], attributes })),
  ConstantOfShape: fc
    .tuple(dims, fc.option(any([1]), { nil: undefined }))
    .map(([shape, value]) => ({ inputs: [list(...shape)], attributes: value ? { value } : {} })),
  Div: binary(signs, 1),
  Equal: binary(signs),
  Expand: dims.chain((shape) =>
    broadcastable(shape).chain((own) => any(own).map((input) => ({ inputs: [input, list(...shape)] }))),
  ),
  Flatten: someDims.chain((shape) =>
    fc
      .tuple(any(shape), fc.integer({ min: 0, max: shape.length }))
      .map(([input, axis]) => ({ inputs: [input], attributes: { axis } })),
  ),
  Floor: unary(-9, true),
  Gather: someDims.chain((shape) =>
    fc.tuple(axisOf(shape), dims).chain(([axis, places]) => {
      const size = shape.at(axis)!;
      return fc
        .tuple(any(shape), numbers(places, false, -size, size - 1))
        .map((inputs) => ({ inputs, attributes: { axis } }));
    }),
  ),
  Greater: binary(signs),
  GreaterOrEqual: binary(signs),
  Identity: unary(),
  Less: binary(signs),
  LessOrEqual: binary(signs),
  Max: binary(signs),
  Min: binary(signs),
  Mod: binary(fc.constant(false), 1),
  Mul: binary(signs),
  Neg: unary(),
  Not: dims.chain((shape) => truths(shape).map((input) => ({ inputs: [input] }))),
  Or: logical,
  Range: fc
    .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), fc.constantFrom(1, 2, -1, -3))
    .map((values) => ({ inputs: values.map((value) => tensor([], [value])) })),
  Reciprocal: unary(1, true),
  ReduceProd: fc
    .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
    .chain((values) =>
      fc
        .integer({ min: 0, max: 1 })
        .map((keepdims) => ({ inputs: [list(...values)], attributes: { keepdims } })),
    ),
  Reshape: dims.chain((shape) =>
    fc
      .tuple(any(shape), fc.constantFrom([...shape, -1], [-1], [1, product(shape)]))
      .map(([input, wanted]) => ({
        inputs: [input, list(...wanted)],
      })),
  ),
  Shape: someDims.chain((shape) =>
    fc.tuple(any(shape), axisOf(shape)).map(([input, start]) => ({ inputs: [input], attributes: { start } })),
  ),
  Size: unary(),
  Slice: someDims.chain((shape) =>
    fc
      .tuple(any(shape), axisOf(shape), fc.integer({ min: -6, max: 6 }), fc.integer({ min: -6, max: 6 }))
      .chain(([input, axis, start, end]) =>
        fc.constantFrom(1, 2, -1, -2).map((step) => ({
          inputs: [input, list(start), list(end), list(axis), list(step)],
        })),
      ),
  ),
  Sqrt: unary(0, true),
  Squeeze: dims.chain((shape) => any([1, ...shape, 1]).map((input) => ({ inputs: [input, list(0, -1)] }))),
  Sub: binary(signs),
  Transpose: dims.chain((shape) =>
    fc
      .tuple(any(shape), fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }), fc.boolean())
      .map(([input, perm, isNamed]) => ({
        inputs: [input],
        attributes: isNamed && perm.length > 0 ? { perm } : {},
      })),
  ),
  Unsqueeze: dims.chain((shape) => any(shape).map((input) => ({ inputs: [input, list(0, -1)] }))),
  Where: dims.chain((shape) =>
    fc
      .tuple(broadcastable(shape), broadcastable(shape), broadcastable(shape))
      .chain(([c, a, b]) => fc.tuple(truths(c), numbers(a, false), numbers(b, false)))
      .map((inputs) => ({ inputs })),
  ),
};

describe("constants are computed as ONNX Runtime computes them", () => {
  test("every operator has a case", () => {
    expect(Object.keys(CASES).toSorted()).toEqual([...FOLDS.keys()].toSorted());
  });

  test.for(Object.entries(CASES))("%s", { timeout: TIMEOUT_MS }, async ([operator, cases]) => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const graph = new OnnxBuilder();
        const inputs = one.inputs.map((input) => (input ? graph.tensor(input) : ""));
        graph.output(graph.node(operator, inputs, one.attributes));
        const runtime = await compute(graph);
        const own = fold(graph);
        expect(own.shape).toEqual(runtime.shape);
        expect(own.values).toHaveLength(runtime.values.length);
        for (const [index, value] of own.values.entries())
          expect(value).toBeCloseTo(runtime.values[index]!, 6);
      }),
      runs(10, 25),
    );
  });
});

function fold({ nodes, initializers }: OnnxBuilder) {
  const scope = new Scope(initializers);
  const evaluation = new Evaluation([], new Map());
  evaluation.run(nodes, { scope, opset: 17, depth: 0 });
  const value = evaluation.value(nodes.at(-1)?.output?.[0], scope);
  if (!value || value.type === "activation") throw new Error("It was not computed.");
  return {
    shape: value.shape,
    values: Array.from(value.type === "floats" ? value.data : value.values, Number),
  };
}

async function compute(graph: OnnxBuilder) {
  const model = onnxProto.onnx.ModelProto.decode(graph.encode());
  // The type of the output follows from the operator.
  for (const output of model.graph?.output ?? []) output.type = null;
  const session = await ort.InferenceSession.create(onnxProto.onnx.ModelProto.encode(model).finish(), {
    logSeverityLevel: 4,
  });
  const [result] = Object.values(await session.run({}));
  await session.release();
  return { shape: result!.dims, values: Array.from(result!.data as ArrayLike<unknown>, Number) };
}
