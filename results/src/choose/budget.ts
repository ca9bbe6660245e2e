import { significant } from "../table/index.ts";

/** What may not be exceeded: a latency, a size, or both. */
export interface Budget {
  readonly latencyMs?: number;
  readonly sizeBytes?: number;
}

const NUMBER_WITH_UNIT = /^(\d+(?:\.\d+)?|\.\d+) ?([a-zµ]+)$/i;
/** In milliseconds. */
const LATENCY_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, us: 1e-3, µs: 1e-3 };
/** In bytes. */
const SIZE_UNITS: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** Milliseconds of `20ms`, `20 ms` or `0.02s`; undefined where it is no latency above 0, or has no unit. */
export function parseLatencyMs(text: string): number | undefined {
  return parse(text, LATENCY_UNITS);
}

/** Bytes of `5MB`, `500 kB` or `4MiB`; undefined where it is no size above 0, or has no unit. */
export function parseSizeBytes(text: string): number | undefined {
  return parse(text, SIZE_UNITS);
}

/** `20 ms and 5 MB`. */
export function budgetText({ latencyMs, sizeBytes }: Budget): string {
  const limits = [
    ...(latencyMs === undefined ? [] : [`${plain(latencyMs)} ms`]),
    ...(sizeBytes === undefined ? [] : [`${plain(sizeBytes / 1e6)} MB`]),
  ];
  return limits.join(" and ");
}

/** As it was given, where that is short. */
function plain(value: number): string {
  const text = String(value);
  return text.length > 6 ? significant(value) : text;
}

function parse(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, number = "", unit = ""] = NUMBER_WITH_UNIT.exec(text.trim()) ?? [];
  const name = unit.toLowerCase();
  const times = Object.hasOwn(units, name) ? units[name] : undefined;
  const value = number === "" || times === undefined ? 0 : Number(number) * times;
  return value > 0 && Number.isFinite(value) ? value : undefined;
}
