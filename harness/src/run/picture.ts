import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { loadImage } from "@mobilenet-bench/spec/image";
import { UsageError } from "../usage-error.ts";

/** A picture given as input, with what identifies it in a run file. */
export interface Picture {
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
  /**
   * As a network of that resolution takes it.
   * @param crop side of the central square that is used, as a fraction of the shorter side; 0.875 where left out
   */
  input(resolution: number, crop?: number): Promise<Float32Array>;
}

/** Small, just to see that the file decodes before anything is measured. */
const TRIAL_RESOLUTION = 32;

/**
 * @throws UsageError where the file cannot be read
 * @throws SpecError where it is no picture
 */
export async function readPicture(path: string): Promise<Picture> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new UsageError(`The picture ${path} cannot be read. Give a PNG or JPEG file.`, { cause });
  });
  await loadImage(bytes, TRIAL_RESOLUTION);
  return {
    path,
    name: basename(path),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    input: (resolution, centralFraction) =>
      loadImage(bytes, resolution, centralFraction === undefined ? {} : { centralFraction }),
  };
}
