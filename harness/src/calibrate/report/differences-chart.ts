import { differenceOf } from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import { svgOf } from "./svg.ts";
import { slowDownName, type CalibrationReport } from "./calibration-report.ts";

const WIDTH = 800;
const ROW_HEIGHT = 200;
/** What is farther off than this and the largest slow-down is drawn at the edge. */
const MARGIN = 0.1;

/** Every pair by its number, in a row for each cell: rough stretches of the machine show. */
export async function drawDifferences({ calibration }: CalibrationReport): Promise<string> {
  const { dot, frame, ruleY } = await import("@observablehq/plot");
  const { cells, slowDowns } = calibration.start;
  const edge = Math.max(...slowDowns) + MARGIN;
  const points = calibration.series.flatMap(({ cell, slowDown, pairs }) =>
    pairs.map((pair) => ({
      cell,
      slowDown: slowDownName(slowDown),
      pair: pair.pair,
      off: Math.min(edge, Math.max(-edge, Math.expm1(differenceOf(pair)))) * 100,
    })),
  );
  const lines = cells.flatMap((cell) =>
    slowDowns.map((slowDown) => ({ cell, slowDown: slowDownName(slowDown), off: slowDown * 100 })),
  );
  const domain = slowDowns.map(slowDownName);
  return svgOf({
    width: WIDTH,
    height: ROW_HEIGHT * cells.length + 60,
    marginLeft: 60,
    // Names of columns stand beneath the axis' own.
    marginTop: 45,
    marginRight: 40,
    fx: { domain, label: null },
    fy: { domain: [...cells], label: null, axis: null },
    x: { label: "pair", ticks: 3 },
    y: { label: "candidate against base, %", domain: [-edge * 100, edge * 100], grid: true },
    marks: [
      frame({ stroke: "#ccc" }),
      ruleY(lines, { y: "off", fx: "slowDown", fy: "cell", stroke: "#d62728", strokeDasharray: "4,3" }),
      dot(points, {
        x: "pair",
        y: "off",
        fx: "slowDown",
        fy: "cell",
        r: 1.6,
        fill: "#1f77b4",
        stroke: "none",
      }),
      ...(await cellLabels(cells)),
    ],
  });
}

/** Within each row: names are too long for its edge. */
async function cellLabels(cells: readonly string[]) {
  const { text } = await import("@observablehq/plot");
  return [
    text(cells, {
      fy: (cell: string) => cell,
      text: shortModelName,
      frameAnchor: "top-left",
      dx: 6,
      dy: 6,
    }),
  ];
}
