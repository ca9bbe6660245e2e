import { REMEDIES } from "./remedies.ts";
import type { Walk } from "./walk.ts";

/**
 * Reads the input and settles the resolution.
 * @param wanted what the user says, needed where the file leaves it open
 * @throws ModelFileError where it is not known, not square or not what the user says
 */
export function takeInput(walk: Walk, wanted: number | undefined): number {
  const words = "an input of images [n, height, width, 3]";
  const input = walk.peek()?.operation;
  if (input?.type !== "input") throw walk.refusal(words, undefined, REMEDIES.images);
  const { height, width, channels } = input;
  const found = `one of [n, ${[height, width, channels].map((size) => size ?? "?").join(", ")}]`;
  if (channels !== null && channels !== 3) throw walk.refusal(words, found, REMEDIES.images);
  if (height !== null && width !== null && height !== width)
    throw walk.refusal("an input as high as wide", found, "Export the model for square images");
  const own = height ?? width;
  if (own !== null && wanted !== undefined && own !== wanted)
    throw walk.refusal(
      `an input of ${wanted}×${wanted} pixels`,
      found,
      "Leave the resolution out, or give the file's",
    );
  const resolution = own ?? wanted;
  if (resolution === undefined)
    throw walk.refusal(
      "an input whose height and width are known",
      found,
      "Say at which resolution the network is to run, such as 224",
    );
  walk.take("input");
  return resolution;
}
