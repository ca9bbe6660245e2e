import { SpecError } from "./error.ts";
import { createModel, type Model } from "./model.ts";

const NAME = /^mobilenet_v1_([^_]+)_([^_]+)(_conv)?(_shallow)?$/;
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

/**
 * The model of a name; `1`, `1.0` and `1.00` are the same α.
 * @throws SpecError where the text is no name of the family
 */
export function parseModelName(name: string, classes = 1000): Model {
  const match = NAME.exec(name);
  if (!match)
    throw new SpecError(
      `"${name}" is no model. Write mobilenet_v1_ALPHA_RESOLUTION[_conv][_shallow], such as mobilenet_v1_0.75_160.`,
    );
  const [, alpha = "", resolution = "", conv, shallow] = match;
  return createModel({
    alpha: parseNumber("alpha", alpha, "0.75"),
    resolution: parseNumber("resolution", resolution, "160"),
    classes,
    conv: conv !== undefined,
    shallow: shallow !== undefined,
  });
}

/** Number() alone would also take "", " 1" and "0x10". */
function parseNumber(what: string, text: string, example: string): number {
  if (!NUMBER.test(text)) throw new SpecError(`${what} is "${text}". Use a number, such as ${example}.`);
  return Number(text);
}
