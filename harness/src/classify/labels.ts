import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Model } from "@mobilenet-bench/spec";
import { UsageError } from "../usage-error.ts";
import { imagenetLabels } from "./imagenet.ts";

/** Names of classes, and who says that they are those. */
export interface ClassLabels {
  readonly labels: readonly string[];
  /** Assumed: the number of classes is ImageNet's, and nobody says otherwise. */
  readonly from: "option" | "file" | "imagenet-assumed";
}

/**
 * The names of a network's classes: those that the user gives, those of its file, or ImageNet's where there are as many.
 * @param path of a file of names
 * @throws UsageError where that has not as many names as there are classes
 */
export async function findLabels(
  file: { readonly model: Pick<Model, "classes">; readonly labels?: readonly string[] },
  path?: string,
): Promise<ClassLabels | undefined> {
  if (path !== undefined) return { labels: await readLabels(path, file.model), from: "option" };
  if (file.labels) return { labels: file.labels, from: "file" };
  const labels = imagenetLabels(file.model.classes);
  return labels && { labels, from: "imagenet-assumed" };
}

/**
 * Names of classes: a line each, or a JSON array of strings.
 * @throws UsageError where they are not as many as the model's classes
 */
export async function readLabels(path: string, { classes }: Pick<Model, "classes">): Promise<string[]> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new UsageError(`The labels ${path} cannot be read. Give a text file with a line per class.`, {
      cause,
    });
  });
  const labels = text.trimStart().startsWith("[") ? parseArray(path, text) : text.trimEnd().split(/\r?\n/);
  if (labels.length !== classes)
    throw new UsageError(
      `${path} names ${labels.length} classes, and the model has ${classes}. Give a line per class.`,
    );
  return labels.map((label) => label.trim());
}

function parseArray(path: string, text: string): string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(text));
  } catch (cause) {
    throw new UsageError(
      `${path} is no JSON array of names. Give one, or a text file with a line per class.`,
      { cause },
    );
  }
}
