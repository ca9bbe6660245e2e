import { createModel, OUTPUT_STRIDES, PREDICTIONS, type Model } from "@mobilenet-bench/spec";
import { asModelFileError } from "../check-weights.ts";
import { ModelFileError } from "../error.ts";
import { parseLabels } from "../labels.ts";
import type { Origin, WritableModel } from "../model-file.ts";
import { quote } from "../quote.ts";

/** The name of ours. */
export const FORMAT = "mobilenet-bench";

interface About {
  readonly model: Model;
  readonly epsilon: number;
  readonly labels?: readonly string[];
  readonly origin?: Origin;
}

/** Texts alone, as the format wants it. */
export function toMetadata({
  model,
  weights,
  labels,
  name,
  sha256,
}: WritableModel): Readonly<Record<string, string>> {
  return {
    format: FORMAT,
    alpha: String(model.alpha),
    resolution: String(model.resolution),
    classes: String(model.classes),
    conv: String(model.conv),
    shallow: String(model.shallow),
    activation: model.activation,
    padding: model.padding,
    output_stride: String(model.outputStride),
    predictions: model.predictions,
    epsilon: String(weights.epsilon),
    ...(labels && { labels: JSON.stringify(labels) }),
    ...(name !== undefined && sha256 !== undefined && { source: name, source_sha256: sha256 }),
  };
}

/** @throws ModelFileError where the metadata name no model */
export function fromMetadata(metadata: ReadonlyMap<string, string>): About {
  const read = <T>(key: string, parse: (text: string) => T | undefined) => {
    const text = metadata.get(key);
    const value = text === undefined ? undefined : parse(text);
    if (value === undefined)
      throw new ModelFileError(
        `the metadata of the safetensors file have ${text === undefined ? "no" : quote(text)} as ${key}`,
        "The file was changed by hand or is broken: export it again",
      );
    return value;
  };
  const model = asModelFileError(() =>
    createModel({
      alpha: read("alpha", parseNumber),
      resolution: read("resolution", parseNumber),
      classes: read("classes", parseNumber),
      conv: read("conv", parseBoolean),
      shallow: read("shallow", parseBoolean),
      // Files of before there was a choice have none of these.
      ...(metadata.has("activation") && { activation: read("activation", oneOf("relu6", "relu")) }),
      ...(metadata.has("padding") && { padding: read("padding", oneOf("same", "symmetric")) }),
      ...(metadata.has("output_stride") && {
        outputStride: read("output_stride", (text) => OUTPUT_STRIDES.find((one) => String(one) === text)),
      }),
      ...(metadata.has("predictions") && { predictions: read("predictions", oneOf(...PREDICTIONS)) }),
    }),
  );
  const [name, sha256] = [metadata.get("source"), metadata.get("source_sha256")];
  return {
    model,
    epsilon: read("epsilon", parseNumber),
    ...(metadata.has("labels") && {
      labels: read("labels", (text) => {
        const labels = parseLabels(text);
        return labels?.length === model.classes ? labels : undefined;
      }),
    }),
    ...(name !== undefined && sha256 !== undefined && { origin: { name, sha256 } }),
  };
}

/** As String() writes finite numbers, and in no other way. */
function parseNumber(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) && String(value) === text ? value : undefined;
}

/** One of these words. */
function oneOf<Word extends string>(...words: readonly Word[]): (text: string) => Word | undefined {
  return (text) => words.find((word) => word === text);
}

function parseBoolean(text: string): boolean | undefined {
  return text === "true" || text === "false" ? text === "true" : undefined;
}
