import { eachExpectedLayer, type Expected, type ExpectedLayer } from "@mobilenet-bench/backend";
import type { Member, OutputChange } from "@mobilenet-bench/backend/faults";
import type { Layer } from "@mobilenet-bench/spec";
import { makeInputs } from "./inputs.ts";
import type { PlacedTampering } from "./planted.ts";
import type { Checked } from "./run-check.ts";

/**
 * A backend that is known to be right, or wrong in a known way, and what a check must say to it. Errors are set against
 * the bounds themselves: twice a bound is too much, half of it is not.
 */
export interface Control {
  readonly id: string;
  readonly cell: string;
  readonly tampering?: PlacedTampering;
  readonly verdict: Pick<Checked, "status"> & Partial<Checked>;
}

const BACKEND = "ts";
const MODEL = "mobilenet_v1_0.26_33_shallow";
/** The ratchet has an entry for this one. */
const RATCHET_MODEL = "mobilenet_v1_0.25_32";

const CLASSIFIER = "Logits";
/** Where every layer is right, and the logits that inferences return are not. */
const wrongLogits = { status: "mismatch", layer: CLASSIFIER, mode: "chained" } as const;
/** In the middle of the network. */
const LAYER = "Conv2d_3_pointwise";
/** Adds up few products of its own, so that what is handed down to it makes most of its error within a chain. */
const SHORT_SUMS = "Conv2d_13_depthwise";
/** Adds up many products: the worst case of rounding is far from the usual one. */
const LONG_SUMS = "Conv2d_13_pointwise";

/**
 * Every control; the reference computes two small models for it.
 * @param seed of the weights and the image that checks are made with
 */
export function createControls(seed: number): readonly Control[] {
  const url = import.meta.resolve("@mobilenet-bench/backend-ts");
  const layers = layersOf(MODEL, seed);
  const middle = layers(LAYER);
  const short = layers(SHORT_SUMS);
  const classifier = layers(CLASSIFIER);
  const last = classifier.fed.values.length - 1;
  const inside = middleElement(middle, "fed");
  const chained = middleElement(middle, "chained");
  const clamped = middle.fed.bound.findIndex((bound, i) => bound === 0 && middle.fed.values[i] === 6);
  const ofRatchet = layersOf(RATCHET_MODEL, seed)(LAYER);
  const tampered = (
    id: string,
    of: Member,
    layer: string,
    change: OutputChange,
    verdict: Control["verdict"],
    model = MODEL,
  ): Control => ({
    id,
    cell: `${model}/${BACKEND}/node`,
    tampering: { backend: BACKEND, layer, of, change, url },
    verdict,
  });
  const shift = ({ bound }: Expected, index: number, fraction: number): OutputChange => ({
    index,
    add: fraction * bound[index]!,
  });
  const wrong = ({ layer }: ExpectedLayer, mode: "fed" | "chained", index: number) => ({
    status: "mismatch",
    layer: layer.name,
    mode,
    position: positionOf(layer, index),
  });
  const fed = (id: string, layer: ExpectedLayer, index: number, fraction: number) =>
    tampered(
      id,
      "inferLayer",
      layer.layer.name,
      shift(layer.fed, index, fraction),
      wrong(layer, "fed", index),
    );
  return [
    { id: "healthy", cell: `${MODEL}/${BACKEND}/node`, verdict: { status: "ok", top1Agrees: true } },
    fed("twice the bound", middle, inside, 2),
    fed("minus twice", middle, inside, -2),
    fed("the first element", classifier, 0, 2),
    fed("the last element", classifier, last, 2),
    tampered("half the bound", "inferLayer", LAYER, shift(middle.fed, inside, 0.5), { status: "ok" }),
    tampered(
      "below the clamp",
      "inferLayer",
      LAYER,
      { index: clamped, add: -(2 ** -21) },
      wrong(middle, "fed", clamped),
    ),
    tampered(
      "noise",
      "inferLayer",
      LONG_SUMS,
      { scale: scaleWithin(layers(LONG_SUMS).fed, 0.8) },
      {
        status: "mismatch",
        layer: LONG_SUMS,
        mode: "fed",
      },
    ),
    tampered("NaN", "inferLayer", LAYER, { index: inside, add: null }, wrong(middle, "fed", inside)),
    tampered("one value short", "inferLayer", LAYER, "one value short", {
      status: "mismatch",
      layer: LAYER,
      mode: "fed",
    }),
    tampered("one value more", "inferLayer", LAYER, "one value more", {
      status: "mismatch",
      layer: LAYER,
      mode: "fed",
    }),
    tampered("a missing layer", "layerOutputs", LAYER, "missing", {
      status: "mismatch",
      layer: LAYER,
      mode: "chained",
    }),
    tampered(
      "chained, twice",
      "layerOutputs",
      LAYER,
      shift(middle.chained, chained, 2),
      wrong(middle, "chained", chained),
    ),
    tampered(
      "chained, half",
      "layerOutputs",
      SHORT_SUMS,
      shift(short.chained, middleElement(short, "chained"), 0.5),
      { status: "ok" },
    ),
    {
      id: "a layer of many",
      cell: `${MODEL}/${BACKEND}/node`,
      tampering: { backend: BACKEND, layer: LAYER, of: "weights", change: "without bias", url },
      verdict: { status: "mismatch", layer: LAYER, mode: "fed" },
    },
    tampered(
      "another winner",
      "infer",
      CLASSIFIER,
      { index: last, add: 100 },
      { ...wrongLogits, top1Agrees: false },
    ),
    tampered("an old answer", "infer", CLASSIFIER, "never new", wrongLogits),
    tampered("touched later", "infer", CLASSIFIER, "not the caller's own", wrongLogits),
    tampered("wavering bits", "infer", CLASSIFIER, "wavering", {
      status: "ok",
      bitsDiffer: ["repeat", "order", "reload", "process"],
    }),
    tampered(
      "worse than ever",
      "inferLayer",
      LAYER,
      shift(ofRatchet.fed, middleElement(ofRatchet, "fed"), 0.5),
      { status: "mismatch" },
      RATCHET_MODEL,
    ),
  ];
}

function layersOf(name: string, seed: number): (layer: string) => ExpectedLayer {
  const { model, weights, input } = makeInputs(name, seed);
  const layers = new Map(
    [...eachExpectedLayer(model, weights, input)].map((expected) => [expected.layer.name, expected]),
  );
  return (layer) => {
    const found = layers.get(layer);
    if (!found) throw new Error(`[mutation] ${name} has no layer ${layer}. Choose another control.`);
    return found;
  };
}

/** An element that no clamp is near, off the diagonal, so that its row cannot be taken for its column. */
function middleElement(expected: ExpectedLayer, mode: "fed" | "chained"): number {
  const { values, bound } = expected[mode];
  const isFit = (i: number) => {
    const [y, x] = positionOf(expected.layer, i);
    return y !== x && bound[i]! > 0 && values[i]! > 1 && values[i]! < 5;
  };
  const middle = Math.floor(values.length / 2);
  for (let i = middle; i < values.length; i++) if (isFit(i)) return i;
  throw new Error(`[mutation] ${expected.layer.name} has no element to shift. Choose another control.`);
}

/** A factor that moves no element by more than this fraction of its bound. */
function scaleWithin({ values, bound }: Expected, fraction: number): number {
  const room = Array.from(values, (value, i) => (bound[i]! > 0 && value < 6 ? bound[i]! / value : Infinity));
  return 1 + fraction * Math.min(...room);
}

function positionOf({ output: [, width, channels] }: Layer, index: number) {
  const pixel = Math.floor(index / channels);
  return [Math.floor(pixel / width), pixel % width, index % channels] as const;
}
