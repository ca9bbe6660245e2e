import type { SeriesSummary } from "@mobilenet-bench/results";
import { svgOf } from "./svg.ts";
import { seriesName, type CalibrationReport } from "./calibration-report.ts";

const WIDTH = 800;
const ROW_HEIGHT = 34;

/** How often each slow-down was found: in time with its exact bounds, and by re-split. */
export async function drawFound({ series }: CalibrationReport): Promise<string> {
  const { dot, ruleY } = await import("@observablehq/plot");
  const inTime = series.filter((one) => one.inTime.comparisons > 0).map(inTimeOf);
  const bySplit = series
    .filter((one) => one.bySplit.comparisons > 0)
    .map((one) => ({ name: seriesName(one), share: percentOf(one.bySplit.found) }));
  return svgOf({
    width: WIDTH,
    height: ROW_HEIGHT * series.length + 90,
    marginLeft: 250,
    marginRight: 30,
    marginBottom: 45,
    x: {
      label: "found, % of comparisons (line: in time, 95 % exact; cross: re-split)",
      domain: [0, 100],
      grid: true,
    },
    y: { domain: series.map(seriesName), label: null, type: "point" },
    marks: [
      ruleY(inTime, { y: "name", x1: "low", x2: "high", stroke: "#1f77b4", strokeWidth: 3 }),
      dot(inTime, { y: "name", x: "share", r: 4, fill: "#1f77b4" }),
      dot(bySplit, { y: "name", x: "share", r: 5, symbol: "times", stroke: "#d62728", strokeWidth: 2 }),
    ],
  });
}

function inTimeOf(one: SeriesSummary) {
  const { found } = one.inTime;
  const [low, high] = found.bounds;
  return { name: seriesName(one), share: percentOf(found), low: low * 100, high: high * 100 };
}

function percentOf({ count, of }: SeriesSummary["inTime"]["found"]): number {
  return (count / of) * 100;
}
