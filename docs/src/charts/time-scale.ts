import { dayOf } from "@mobilenet-bench/results";
import { scaleUtc } from "d3-scale";
import type { Scale } from "./scale.ts";

const DAY_MS = 86_400_000;

/** An axis of moments, in milliseconds since 1970; its ticks are where days, months or years begin. */
export function timeScale(
  values: readonly number[],
  range: readonly [from: number, to: number],
  ticks: number,
): Scale {
  const domain = domainOf(values);
  const scale = scaleUtc(domain, range).clamp(true);
  return {
    kind: "linear",
    domain,
    range,
    ticks: scale.ticks(ticks).map((tick) => tick.getTime()),
    place: (value) => scale(value),
  };
}

/** A single moment has a day to stand in. */
function domainOf(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, DAY_MS];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return high > low ? [low, high] : [low - DAY_MS / 2, high + DAY_MS / 2];
}

/** The day of a moment, in UTC. */
export function dayText(value: number): string {
  return dayOf(new Date(value).toISOString());
}
