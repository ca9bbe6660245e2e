import { scaleLinear, scaleLog } from "d3-scale";

/** How values become lengths. */
export type ScaleKind = "log" | "linear";

/** An axis without its drawing. */
export interface Scale {
  readonly kind: ScaleKind;
  readonly domain: readonly [low: number, high: number];
  /** From the first end of the range to the last. */
  readonly range: readonly [from: number, to: number];
  readonly ticks: readonly number[];
  /** Pixels; what lies outside of the domain is put on its edge. */
  readonly place: (value: number) => number;
}

/** What a scale is made of. */
interface ScaleOptions {
  readonly kind: ScaleKind;
  /** All that must be within; those without a logarithm do not count on a logarithmic one. */
  readonly values: readonly number[];
  readonly range: readonly [from: number, to: number];
  /** The most ticks that there is room for. */
  readonly ticks: number;
  /** Air beyond the outermost values: as a factor, or on a linear scale as a share of the largest. */
  readonly air?: number;
  /** Whether a linear scale begins there: where lengths tell amounts it must. The usual one does. */
  readonly fromZero?: boolean;
}

/** A scale that holds all values; without any it has a domain all the same, since an empty plot has axes, too. */
export function scaleOf({ kind, values, range, ticks, air = 0.08, fromZero = true }: ScaleOptions): Scale {
  const domain = domainOf(kind, values, air, fromZero);
  const scale = kind === "log" ? scaleLog(domain, range).clamp(true) : scaleLinear(domain, range).clamp(true);
  return {
    kind,
    domain,
    range,
    ticks: kind === "log" ? logTicks(domain, ticks) : scale.ticks(ticks),
    place: (value) => scale(value),
  };
}

function domainOf(kind: ScaleKind, values: readonly number[], air: number, fromZero: boolean) {
  if (kind === "log") return logDomain(values, 1 + air);
  return fromZero ? linearDomain(values, 1 + air) : nearDomain(values, air);
}

function logDomain(values: readonly number[], air: number): [number, number] {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return [1, 100];
  return [Math.min(...positive) / air, Math.max(...positive) * air];
}

function linearDomain(values: readonly number[], air: number): [number, number] {
  const most = Math.max(0, ...values.filter((value) => Number.isFinite(value)));
  return [0, most > 0 ? most * air : 1];
}

/** Around values that differ by little: their span with air on both sides. */
function nearDomain(values: readonly number[], air: number): [number, number] {
  const finite = values.filter((value) => Number.isFinite(value));
  if (finite.length === 0) return [0, 1];
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const margin = high > low ? (high - low) * air : Math.abs(high) * air || 1;
  return [low - margin, high + margin];
}

/** From the densest to the sparsest: digits that decades begin with. */
const LEADS = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]] as const;

/** Two ticks may be as close as this share of what each has on average: labels of neighbours must not touch. */
const CLOSEST = 0.6;

/** Round numbers within a logarithmic domain, as many as there may be. */
export function logTicks([low, high]: readonly [number, number], most: number): number[] {
  const decades = range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)));
  const within = (leads: readonly number[]) =>
    decades
      .flatMap((decade) => leads.map((lead) => Number(`${lead}e${decade}`)))
      .filter((tick) => tick >= low && tick <= high);
  // Within less than a decade there may be hardly any.
  if (within(LEADS[0]).length < 3) return scaleLinear([low, high], [0, 1]).ticks(most);
  const ratio = (high / low) ** (CLOSEST / most);
  const dense = LEADS.map(within).find(
    (ticks) =>
      ticks.length <= most && ticks.every((tick, i) => i === 0 || tick >= (ticks[i - 1] ?? tick) * ratio),
  );
  if (dense) return dense;
  const tens = within([1]);
  const step = Math.ceil(tens.length / most);
  return tens.filter((_, i) => i % step === 0);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** A tick as its label: never an exponent. */
export function tickText(value: number): string {
  return value === 0 ? "0" : String(Number(value.toPrecision(6)));
}
