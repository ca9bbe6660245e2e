import { readFile, rename, writeFile } from "node:fs/promises";
import { deserialize, serialize } from "node:v8";
import { isDeepStrictEqual } from "node:util";
import { CLASSES, drawPicture } from "@mobilenet-bench/trained";
import type { Settings } from "./settings.ts";
import type { TrainerState } from "./trainer.ts";

const FINGERPRINT_RESOLUTION = 16;

/** A training after a whole number of epochs. */
export interface Checkpoint {
  readonly settings: Settings;
  readonly epochs: number;
  readonly state: TrainerState;
}

/** Through a second file, so that a training cut off while writing leaves the checkpoint before. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await writeFile(`${path}.new`, serialize({ ...checkpoint, pictures: fingerprint() }));
  await rename(`${path}.new`, path);
}

/** Nothing where there is none, or one of other settings or pictures. */
export async function readCheckpoint(path: string, settings: Settings): Promise<Checkpoint | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  const stored: Checkpoint & { readonly pictures: unknown } = deserialize(bytes);
  const { pictures, ...checkpoint } = stored;
  const fits = isDeepStrictEqual(checkpoint.settings, settings) && isDeepStrictEqual(pictures, fingerprint());
  return fits ? checkpoint : undefined;
}

/** Tells one way of drawing from another. */
function fingerprint() {
  return CLASSES.map((name, label) => [name, drawPicture("train", label, FINGERPRINT_RESOLUTION).pixels]);
}
