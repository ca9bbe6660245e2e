import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { CLASSES, pictureInput, pictureLabel } from "@mobilenet-bench/trained";
import type { WeightsFile } from "../run/given.ts";
import { readPicture } from "../run/picture.ts";
import { UsageError } from "../usage-error.ts";

/** Pictures whose classes are known. */
export interface LabelledPictures {
  /** For people: where they are from. */
  readonly source: string;
  /** NHWC [1, resolution, resolution, 3] each. */
  readonly inputs: readonly Float32Array[];
  /** The class of each. */
  readonly labels: readonly number[];
}

/**
 * Drawn pictures that the shipped model was not trained on.
 * @throws UsageError where the weights do not tell those classes apart
 */
export function heldOutPictures({ model, labels, name }: WeightsFile, count: number): LabelledPictures {
  if (labels?.join() !== CLASSES.join())
    throw new UsageError(
      `${name} does not know the classes of the drawn pictures (${CLASSES.join(", ")}). Give pictures of its own classes with --images FOLDER.`,
    );
  const numbers = Array.from({ length: count }, (_, index) => index);
  return {
    source: `${count} drawn pictures, held out`,
    inputs: numbers.map((index) => pictureInput("held-out", index, model.resolution)),
    labels: numbers.map(pictureLabel),
  };
}

const PICTURE = /\.(png|jpe?g)$/i;

/**
 * Pictures in folders, each named after the label of its class or after its number.
 * @throws UsageError where there are none, or a folder is no class
 */
export async function picturesIn(
  folder: string,
  { model, labels }: WeightsFile,
  { count, crop }: { readonly count: number; readonly crop: number },
): Promise<LabelledPictures> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new UsageError(`The folder ${folder} cannot be read. Give one that holds a folder per class.`, {
      cause,
    });
  });
  const found: { readonly path: string; readonly label: number }[] = [];
  for (const { name } of entries.filter((entry) => entry.isDirectory()).toSorted(byName)) {
    const label = labels?.indexOf(name) ?? -1;
    const number = label >= 0 ? label : Number(name);
    if (!Number.isInteger(number) || number < 0 || number >= model.classes)
      throw new UsageError(
        `${join(folder, name)} is no class of the model. Name folders after its labels, or by number from 0 to ${model.classes - 1}.`,
      );
    const files = await readdir(join(folder, name));
    for (const file of files.toSorted())
      if (PICTURE.test(file)) found.push({ path: join(folder, name, file), label: number });
  }
  if (found.length === 0)
    throw new UsageError(
      `There are no PNG or JPEG files in the folders of ${folder}. Put some into a folder per class.`,
    );
  const chosen = found.slice(0, count);
  const inputs: Float32Array[] = [];
  for (const { path } of chosen) inputs.push(await (await readPicture(path)).input(model.resolution, crop));
  return {
    source: `${chosen.length} pictures in ${folder}`,
    inputs,
    labels: chosen.map(({ label }) => label),
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}
