import { SpecError } from "../error.ts";
import type { Layer } from "../graph/index.ts";
import { createModel } from "../networks/index.ts";
import type { PaperQuantity, PaperSubject } from "./figure.ts";

const MILLION = 1e6;
const PER_CENT = 100;

/**
 * What the project computes for a printed figure: a number in the paper's unit, text in Table 1's notation
 * for a layer, nothing where the figure can only be quoted.
 */
export function computeFigure(subject: PaperSubject, quantity: PaperQuantity): number | string | undefined {
  switch (quantity) {
    case "layer":
      return describeLayer(subject);
    case "mult-adds":
      return inMillions(subject, "multAdds");
    case "params":
      return inMillions(subject, "params");
    case "share of mult-adds":
      return share(subject, "multAdds");
    case "share of params":
      return share(subject, "params");
    case "ImageNet top-1":
    case "Stanford Dogs top-1":
      return undefined;
  }
}

type Count = "multAdds" | "params";

function inMillions(subject: PaperSubject, count: Count): number | undefined {
  if (subject.kind === "model") return createModel(subject.config)[count] / MILLION;
  if (subject.kind === "layers") return sum(subject.layers, count) / MILLION;
  return undefined;
}

function share(subject: PaperSubject, count: Count): number | undefined {
  if (subject.kind !== "share") return undefined;
  const model = createModel(subject.config);
  const part = model.layers.filter(({ type }) => type === subject.type);
  return (PER_CENT * sum(part, count)) / model[count];
}

function sum(layers: readonly Layer[], count: Count): number {
  return layers.reduce((total, layer) => total + layer[count], 0);
}

function describeLayer(subject: PaperSubject): string | undefined {
  if (subject.kind !== "layer") return undefined;
  const layer = createModel(subject.config).layers[subject.index];
  return layer && [...notation(layer), layer.input.join("×")].join(" · ");
}

/** Type, stride and filter shape as Table 1 writes them. */
function notation({ name, type, kernel, stride, input, output }: Layer): readonly string[] {
  const [, , depth] = input;
  const [, , channels] = output;
  const side = `${kernel}×${kernel}`;
  switch (type) {
    case "convolution":
    case "pointwise":
      return ["Conv", `s${stride}`, `${side}×${depth}×${channels}`];
    case "depthwise":
      return ["Conv dw", `s${stride}`, `${side}×${channels} dw`];
    case "pool":
      return ["Avg Pool", `s${stride}`, `Pool ${side}`];
    case "dense":
      return ["FC", `s${stride}`, `${depth}×${channels}`];
    case "softmax":
      return ["Softmax", `s${stride}`, "Classifier"];
    case "sigmoid":
    case "average-pool":
    case "max-pool":
    case "concatenation":
    case "normalization":
    case "activation":
      throw new SpecError(`layer "${name}" is a ${type}, which Table 1 has no notation for. Leave it out.`);
  }
}
