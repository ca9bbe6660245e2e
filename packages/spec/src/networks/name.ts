import { SpecError } from "../error.ts";
import { createModel, type Model } from "./mobilenet-v1.ts";

/** How names are written, for messages and help. */
export const MODEL_FORM =
  "mobilenet_v1_ALPHA_RESOLUTION[_conv][_shallow][_relu][_symmetric][_os16][_sigmoid]";

const PREFIX = "mobilenet_v1_";
/** Without the family's name, what comes first has to look like a number: else it is the name of another one. */
const NAME =
  /^(?:mobilenet_v1_(?=[^_])|(?=-?[\d.]))([^_]+)_([^_]+)(_conv)?(_shallow)?(_relu)?(_symmetric)?(_os16)?(_sigmoid)?$/;
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

/**
 * The model of a name; `1`, `1.0` and `1.00` are the same α, and `mobilenet_v1_` may be left out.
 * @throws SpecError where the text is no name of the family
 */
export function parseModelName(name: string, classes = 1000): Model {
  const match = NAME.exec(name);
  if (!match)
    throw new SpecError(`"${name}" is no model. Write ${MODEL_FORM}, such as mobilenet_v1_0.75_160.`);
  const [, alpha = "", resolution = "", conv, shallow, relu, symmetric, os16, sigmoid] = match;
  return createModel({
    alpha: parseNumber("alpha", alpha, "0.75"),
    resolution: parseNumber("resolution", resolution, "160"),
    classes,
    conv: conv !== undefined,
    shallow: shallow !== undefined,
    ...(relu !== undefined && { activation: "relu" as const }),
    ...(symmetric !== undefined && { padding: "symmetric" as const }),
    ...(os16 !== undefined && { outputStride: 16 as const }),
    ...(sigmoid !== undefined && { predictions: "sigmoid" as const }),
  });
}

/** `0.5_160` for `mobilenet_v1_0.5_160`: as tables print it. Another network's name stays whole. */
export function shortModelName(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}

/** Number() alone would also take "", " 1" and "0x10". */
function parseNumber(what: string, text: string, example: string): number {
  if (!NUMBER.test(text)) throw new SpecError(`${what} is "${text}". Use a number, such as ${example}.`);
  return Number(text);
}
