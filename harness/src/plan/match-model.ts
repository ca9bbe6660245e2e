import picomatch from "picomatch";
import { parseModelName, shortModelName, SpecError } from "@mobilenet-bench/spec";
import { isGlob } from "./globs.ts";

/** Whether a model's canonical name is one of those, or fits one of the globs, with or without `mobilenet_v1_`. */
export function matchesModel(patterns: readonly string[]): (name: string) => boolean {
  const matchers = patterns.map((pattern) => {
    if (!isGlob(pattern)) return isNamed(pattern);
    const matcher = picomatch(pattern);
    // A negation holds for both ways to write a name, all else for either.
    const holds = pattern.startsWith("!") ? "every" : "some";
    return (name: string) => [name, shortModelName(name)][holds]((one) => matcher(one));
  });
  return (name) => matchers.some((matches) => matches(name));
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
