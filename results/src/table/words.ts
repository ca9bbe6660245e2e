import type { Memory } from "../memory.ts";
import type { ColdStart } from "../schema.ts";
import type { RankRange } from "../statistics/rank-ranges.ts";
import { millions, percent, significant } from "./format.ts";

/** What the cells of a model share: `568.7 M mult-adds, 4.21 M params`; nothing where there is none. */
export function modelFacts([first]: readonly Readonly<Record<"multAdds" | "params", number>>[]): string {
  return first ? `${millions(first.multAdds)} M mult-adds, ${millions(first.params, 2)} M params` : "";
}

/** Low and high, since an interval of a median has no middle. */
export function intervalText([low, high]: readonly [number, number]): string {
  return `${significant(low)}–${significant(high)}`;
}

/** One number where it is certain. */
export function rankText(range: RankRange | undefined): string {
  if (range === undefined) return "–";
  const [best, worst] = range;
  return best === worst ? String(best) : `${best}–${worst}`;
}

/** Half the width of an interval that is as many times below its middle as above, as a share of that. */
export function plusMinusText([low, high]: readonly [number, number]): string {
  return `±${percent(Math.sqrt(high / low) - 1, 1)}`;
}

/** From nothing to the first answer, in milliseconds. */
export function coldStartMs({ importMs, loadMs, firstInferenceMs }: Readonly<ColdStart>): number {
  return importMs + loadMs + firstInferenceMs;
}

/** `106, wasm 2.8` in MB; a dash where nothing is told. */
export function memoryText({ peakRssBytes, pageBytes, wasmBytes, gpuBytes }: Memory = {}): string {
  const parts = [
    megabytes("", peakRssBytes ?? pageBytes),
    megabytes("wasm ", wasmBytes),
    megabytes("GPU ", gpuBytes),
  ];
  return parts.filter((part) => part !== undefined).join(", ") || "–";
}

function megabytes(of: string, bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : `${of}${significant(bytes / 1e6)}`;
}

/** `chrome threads=2`; the usual target is left out. */
export function optionsText({
  options,
  target,
}: {
  readonly options: Readonly<Record<string, string | number>>;
  readonly target: string;
}): string {
  const pairs = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return (target === "node" ? pairs : [target, ...pairs]).join(" ");
}
