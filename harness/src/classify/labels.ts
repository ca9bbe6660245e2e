import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Model } from "@mobilenet-bench/spec";
import { UsageError } from "../usage-error.ts";

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
