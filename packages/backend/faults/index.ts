import type { CheckFault, Edit } from "../src/faults/index.ts";

function compare(name: string, find: string, replace: string): readonly Edit[] {
  return [{ file: `correctness/${name}.ts`, find, replace }];
}

/** Mistakes in the comparison: of single elements, of outputs, of layers. A control has to notice each. */
export const FAULTS: readonly CheckFault[] = [
  {
    id: "check/always-right",
    edits: compare("compare", "worstFraction > 1)", "worstFraction > Infinity)"),
    control: "twice the bound",
    why: "no error is too large",
  },
  {
    id: "check/inverted",
    edits: compare("compare", "worstFraction > 1)", "worstFraction < 1)"),
    control: "healthy",
    why: "what is right is called wrong",
  },
  {
    id: "check/nan-unseen",
    edits: compare("compare", "if (!Number.isFinite(error))", "if (error === Infinity)"),
    control: "NaN",
    why: "NaN is no larger than any bound",
  },
  {
    id: "check/first-only",
    edits: compare("compare", "for (let i = 0; i < values.length; i++)", "for (let i = 0; i < 1; i++)"),
    control: "the last element",
    why: "the first element stands for all",
  },
  {
    id: "check/last-only",
    edits: compare(
      "compare",
      "for (let i = 0; i < values.length; i++)",
      "for (let i = values.length - 1; i < values.length; i++)",
    ),
    control: "the first element",
    why: "the last element stands for all",
  },
  {
    id: "check/last-unseen",
    edits: compare(
      "compare",
      "for (let i = 0; i < values.length; i++)",
      "for (let i = 0; i < values.length - 1; i++)",
    ),
    control: "the last element",
    why: "the last element is not compared",
  },
  {
    id: "check/length",
    edits: compare("compare", "actual.length !== values.length", "actual.length < values.length"),
    control: "one value more",
    why: "outputs may be too long",
  },
  {
    id: "check/signed-error",
    edits: compare("compare", "Math.abs(actual[i]! - values[i]!)", "actual[i]! - values[i]!"),
    control: "minus twice",
    why: "what is too small is never wrong",
  },
  {
    id: "check/noise-unseen",
    edits: compare("compare", "if (energy > noise)", "if (energy > Infinity)"),
    control: "noise",
    why: "errors that are small everywhere are let pass",
  },
  {
    id: "check/wide-bounds",
    edits: compare(
      "bounds",
      "sizes.map((size) => relative * size + absolute)",
      "sizes.map((size) => 1e3 * relative * size + absolute)",
    ),
    control: "twice the bound",
    why: "bounds of single layers are a thousand times too wide",
  },
  {
    id: "check/tight-bounds",
    edits: compare(
      "bounds",
      "const nu = operations(layer) * arithmetic.unitRoundoff;",
      "const nu = arithmetic.unitRoundoff;",
    ),
    control: "half the bound",
    why: "one rounding is allowed for, whatever the length of the sum",
  },
  {
    id: "check/wide-chain",
    edits: compare("expect", "LAMBDA * Math.sqrt(variance", "1e3 * LAMBDA * Math.sqrt(variance"),
    control: "chained, twice",
    why: "bounds within an inference are a thousand times too wide",
  },
  {
    id: "check/clamp-room",
    edits: compare(
      "bounds",
      "return Math.max(activate(activation, value + error) - result, result - activate(activation, value - error));",
      "return error;",
    ),
    control: "below the clamp",
    why: "values that a clamp cuts off may be a little off",
  },
  {
    id: "check/missing-output",
    edits: compare(
      "check-layers",
      "outputs.get(layer.name) ?? new Float32Array()",
      "outputs.get(layer.name) ?? Float32Array.from(chained.values)",
    ),
    control: "a missing layer",
    why: "a layer that is not there is taken to be right",
  },
  {
    id: "check/fed-unseen",
    edits: compare("check-layers", "if (session.inferLayer)", "if (session.inferLayer && !outputs)"),
    control: "twice the bound",
    why: "layers are compared within an inference alone",
  },
  {
    id: "check/chained-unseen",
    edits: compare("check-layers", "if (outputs)", "if (outputs && !session.inferLayer)"),
    control: "chained, twice",
    why: "layers are compared on the reference's input alone",
  },
  {
    id: "check/chained-with-fed",
    edits: compare("check-layers", "new Float32Array(), chained)", "new Float32Array(), fed)"),
    control: "chained, half",
    why: "outputs within an inference are held to the bounds of single layers",
  },
  {
    id: "check/last-layer-named",
    edits: compare("check-layers", "first ??= divergence", "first = divergence"),
    control: "a layer of many",
    why: "of all wrong layers the last is named",
  },
  {
    id: "check/coordinates",
    edits: compare(
      "divergence",
      "[Math.floor(pixel / width), pixel % width,",
      "[pixel % width, Math.floor(pixel / width),",
    ),
    control: "twice the bound",
    why: "rows and columns of the worst element are exchanged",
  },
  {
    id: "check/top-1",
    edits: compare(
      "top",
      "const agrees = missing.every(",
      "const agrees = actual.length > 0 || missing.every(",
    ),
    control: "another winner",
    why: "any class may win",
  },
];
