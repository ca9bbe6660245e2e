import { linearRegression, linearRegressionLine, rSquared } from "simple-statistics";
import type { OkCell, Cell } from "./schema.ts";
import { onSoftwareAdapter } from "./software-adapter.ts";
import { rowId } from "./ratios.ts";

/** Latency as a straight line over mult-adds: how fair a proxy they are for one backend with its options. */
export interface Fit {
  /** With target and options: a cell id without its model. */
  readonly backend: string;
  /** Whether all of it ran on a software GPU: figures of hardware are never fitted together with such. */
  readonly software: boolean;
  readonly models: number;
  /** Milliseconds per 1e9 mult-adds. */
  readonly slope: number;
  /** Milliseconds. */
  readonly intercept: number;
  readonly rSquared: number;
  /** The model that the line misses by the largest share of its latency, and by how much (+: slower). */
  readonly worst: { readonly model: string; readonly residual: number };
}

/** A line through two points fits always and says nothing. */
const MIN_MODELS = 3;

/** One fit per backend, target and options, by least squares, where at least three models were measured. */
export function fitLatency(cells: readonly Cell[]): Fit[] {
  const measured = cells.filter((cell) => cell.status === "ok");
  const groups = Map.groupBy(measured, (cell) => `${onSoftwareAdapter(cell)} ${rowId(cell)}`);
  return [...groups.values()].flatMap((group) => (group.length < MIN_MODELS ? [] : fit(group)));
}

function fit(cells: readonly OkCell[]): Fit[] {
  const [first] = cells;
  if (!first) return [];
  const points = cells.map(({ multAdds, latency }) => [multAdds / 1e9, latency.median]);
  const { m: slope, b: intercept } = linearRegression(points);
  const line = linearRegressionLine({ m: slope, b: intercept });
  const residuals = cells.map((cell) => ({
    model: cell.model,
    residual: (cell.latency.median - line(cell.multAdds / 1e9)) / cell.latency.median,
  }));
  const worst = residuals.reduce((a, b) => (Math.abs(b.residual) > Math.abs(a.residual) ? b : a));
  return [
    {
      backend: rowId(first),
      software: onSoftwareAdapter(first),
      models: cells.length,
      slope,
      intercept,
      rSquared: rSquared(points, line),
      worst,
    },
  ];
}
