import picomatch from "picomatch";
import { parseModelName, shortModelName, SpecError } from "@mobilenet-bench/spec";
import { isGlob } from "./globs.ts";
import { matchesNames } from "./matches-names.ts";

/** Whether names and globs choose a model by its canonical name, with or without `mobilenet_v1_`. */
export function matchesModel(patterns: readonly string[]): (name: string) => boolean {
  return matchesNames(patterns, (pattern) => {
    if (!isGlob(pattern)) return isNamed(pattern);
    const matcher = picomatch(pattern);
    return (name) => matcher(name) || matcher(shortModelName(name));
  });
}

/** However the number is written: `1_224` is `mobilenet_v1_1.0_224`. */
function isNamed(text: string): (name: string) => boolean {
  const canonical = canonicalName(text);
  return (name) => name === canonical;
}

function canonicalName(text: string): string {
  try {
    return parseModelName(text).name;
  } catch (error) {
    if (error instanceof SpecError) return text;
    throw error;
  }
}
