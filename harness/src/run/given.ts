import { readModelFile, type ModelFile, type Origin } from "@mobilenet-bench/model-files";
import type { Model } from "@mobilenet-bench/spec";
import type { InputSource } from "@mobilenet-bench/runner";
import { UsageError } from "../usage-error.ts";
import { readPicture, type Picture } from "./picture.ts";

/** Trained weights from a file, with what identifies them in a run file. */
export interface WeightsFile extends ModelFile, Origin {
  readonly path: string;
}

/** What a user gave in place of what is generated from the seed. */
export interface Given {
  readonly picture?: Picture;
  readonly weights?: WeightsFile;
}

/** The files that a command line names. */
export interface GivenPaths {
  /** A PNG or JPEG. */
  readonly image?: string;
  /** A model with trained weights, in any of the formats that `mnb import` reads. */
  readonly weights?: string;
}

/**
 * @throws UsageError, SpecError or ModelFileError where a file cannot be read or is not what it should be
 */
export async function readGiven({ image, weights }: GivenPaths): Promise<Given> {
  return {
    ...(image !== undefined && { picture: await readPicture(image) }),
    ...(weights !== undefined && { weights: await readWeights(weights) }),
  };
}

/** @param resolution where the file leaves it open */
export async function readWeights(path: string, resolution?: number): Promise<WeightsFile> {
  return { path, ...(await readModelFile(path, resolution === undefined ? {} : { resolution })) };
}

/** What an inference of this network is made of. */
export async function sourceOf(
  network: Model,
  seed: number,
  { picture, weights }: Given,
): Promise<InputSource> {
  if (weights && weights.model.name !== network.name)
    throw new UsageError(`${weights.name} holds ${weights.model.name}. Leave ${network.name} out.`);
  return {
    seed,
    ...(picture && { picture: await picture.input(network.resolution) }),
    ...(weights && { weights: weights.weights }),
  };
}
