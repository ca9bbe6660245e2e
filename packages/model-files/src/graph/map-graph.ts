import { createModel, type Model, type Tensor, type Weights } from "@mobilenet-bench/spec";
import { asModelFileError, checkWeights } from "../check-weights.ts";
import type { ModelFile } from "../model-file.ts";
import { withCommonEpsilon } from "./common-epsilon.ts";
import { mainChain } from "./main-chain.ts";
import { readBody, type FoundBody } from "./read-body.ts";
import { readClassifier, type FoundClassifier } from "./read-classifier.ts";
import { convolutionTensors } from "./read-convolution.ts";
import { takeInput } from "./read-input.ts";
import type { About, SourceGraph } from "./source-graph.ts";
import { Walk } from "./walk.ts";

export interface MapOptions {
  /** In pixels, where the file leaves it open. */
  readonly resolution?: number;
}

/**
 * Recognises a MobileNet V1 by its structure and the shapes of its kernels, never by names: any α, resolution, number
 * of classes and variant, with ReLU6 or ReLU throughout; batch norm folded, unfolded or in part; pads before the convolutions or in them; pool and
 * classifier in any of their forms; with softmax, sigmoid or neither.
 * @throws ModelFileError which names the first node that does not fit, what should stand there and what was mapped
 */
export function mapGraph(graph: SourceGraph, options: MapOptions = {}): ModelFile {
  const walk = new Walk(mainChain(graph));
  const resolution = takeInput(walk, options.resolution);
  const body = readBody(walk, resolution);
  const classifier = readClassifier(walk, body.size, body.channels);
  const model = toModel(body, resolution, classifier, graph.about);
  const { weights, notes } = toWeights(body, classifier, graph.about?.epsilon);
  checkWeights(model, weights);
  const { labels } = graph.about ?? {};
  return {
    model,
    weights,
    ...(labels?.length === model.classes && { labels }),
    notes: [...(graph.notes ?? []), ...notes, ...notesOnLabels(labels, model)],
    format: graph.format,
  };
}

function toModel(
  body: FoundBody,
  resolution: number,
  { biases, predictions }: FoundClassifier,
  about?: About,
): Model {
  const meant = about?.alpha;
  const alpha = meant !== undefined && body.alpha.has(meant) ? meant : (body.alpha.shortest() ?? 1);
  return asModelFileError(() =>
    createModel({ ...body.variant, predictions, alpha, resolution, classes: biases.data.length }),
  );
}

function toWeights({ layers }: FoundBody, { kernel, biases }: FoundClassifier, meantEpsilon?: number) {
  const { epsilon, norms, notes } = withCommonEpsilon(
    layers.map(({ normalized }) => normalized),
    meantEpsilon,
  );
  const tensors = new Map<string, Tensor>();
  for (const [index, { name, kernel: own }] of layers.entries())
    for (const [key, tensor] of convolutionTensors(name, own, norms[index] ?? {})) tensors.set(key, tensor);
  tensors.set("Logits/weights", kernel).set("Logits/biases", biases);
  const weights: Weights = { tensors, epsilon };
  return { weights, notes };
}

function notesOnLabels(labels: readonly string[] | undefined, { classes }: Model): readonly string[] {
  if (!labels || labels.length === classes) return [];
  return [`The file has ${labels.length} labels for ${classes} classes: they were left out.`];
}
