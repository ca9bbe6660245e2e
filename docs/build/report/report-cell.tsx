import { intervalText, leftOutOf, percent, significant } from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import { coldStart } from "../../src/charts/cold-start.ts";
import type { CellFigure } from "../../src/pages/cell-data.ts";
import { runCommand } from "../../src/state/commands.ts";
import { CELL_CHARTS } from "./charts.ts";
import { ReportFigure } from "./report-figure.tsx";
import { CellTold } from "./report-told.tsx";

interface ReportCellProps {
  readonly figure: CellFigure;
  /** Of ids in the file. */
  readonly prefix: string;
}

/** A cell with all of its charts: its blocks, its layers, its start, and what really ran. */
export function ReportCell({ figure, prefix }: ReportCellProps) {
  const { cell, environment } = figure;
  if (cell.status !== "ok") return null;
  const { latency, correctness, layers = [], blocks } = cell;
  const ok = { cell, environment };
  return (
    <section class="report-cell" aria-labelledby={`${prefix}-name`}>
      <h3 id={`${prefix}-name`}>
        <code>{shortModelName(cell.id)}</code> {significant(latency.median)} ms
      </h3>
      <ul class="facts">
        <li>{intervalText(latency.ci95)} ms at 95 % within this run</li>
        <li>
          {latency.blocks} of {blocks.length} blocks count, {latency.inferences} inferences
          {leftOutOf(blocks).map(({ rule, blocks: count }) => `; ${count} left out: ${rule}`)}
        </li>
        <li>largest error of a logit: {percent(correctness.worstFraction, 2)} of its bound</li>
        <li>
          again: <code>{runCommand(cell)}</code>
        </li>
      </ul>
      <div class="report-charts">
        <ReportFigure id={`${prefix}-blocks`} draw={(frame) => CELL_CHARTS["blocks-in-time"](ok, frame)} />
        <ReportFigure
          id={`${prefix}-spread`}
          draw={(frame) => CELL_CHARTS["block-distribution"](ok, frame)}
        />
        {layers.length > 0 && (
          <>
            <ReportFigure id={`${prefix}-layers`} draw={(frame) => CELL_CHARTS["layer-bars"](ok, frame)} />
            <ReportFigure id={`${prefix}-roofline`} draw={(frame) => CELL_CHARTS.roofline(ok, frame)} />
          </>
        )}
        <ReportFigure id={`${prefix}-start`} draw={(frame) => coldStart({ cells: [cell] }, frame)} />
      </div>
      {layers.length === 0 && (
        <p class="empty-state">
          No time of layers: the run was made without a profile, or {cell.backend} cannot tell one. To try:{" "}
          <code>{runCommand(cell)} --profile</code>
        </p>
      )}
      <CellTold cell={cell} />
    </section>
  );
}
