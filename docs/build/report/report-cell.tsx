import { intervalText, leftOutOf, percent, significant } from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import type { CellFigure } from "../../src/pages/cell-data.ts";
import { Figure } from "../../src/parts/figure.tsx";
import { profileCommand, runCommand } from "../../src/state/commands.ts";
import { CELL_CHARTS } from "./charts.ts";
import { CellTold } from "./report-told.tsx";

interface ReportCellProps {
  readonly figure: CellFigure;
  /** Of ids in the file. */
  readonly prefix: string;
  /** Of its heading. */
  readonly level: 2 | 3;
}

/** A cell with its charts: its blocks, its layers, and what really ran. Its start stands among those of the run. */
export function ReportCell({ figure, prefix, level }: ReportCellProps) {
  const { cell, environment } = figure;
  if (cell.status !== "ok") return null;
  const { latency, correctness, layers = [], blocks } = cell;
  const Heading = `h${level}` as const;
  const data = { cell, environment };
  const narrow = { data, widths: "narrow" } as const;
  return (
    <section class="report-cell" aria-labelledby={`${prefix}-name`}>
      <Heading id={`${prefix}-name`}>
        {shortModelName(cell.id)}: {significant(latency.median)} ms
      </Heading>
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
        <Figure id={`${prefix}-blocks`} draw={CELL_CHARTS["blocks-in-time"]} {...narrow} />
        <Figure
          id={`${prefix}-spread`}
          draw={CELL_CHARTS["block-distribution"]}
          tableOf={`${prefix}-blocks`}
          {...narrow}
        />
        {layers.length > 0 && (
          <>
            <Figure id={`${prefix}-layers`} draw={CELL_CHARTS["layer-bars"]} {...narrow} />
            <Figure id={`${prefix}-roofline`} draw={CELL_CHARTS.roofline} {...narrow} />
          </>
        )}
      </div>
      {layers.length === 0 && (
        <p class="empty-state">
          No time of layers: the run was made without a profile, or {cell.backend} cannot tell one. To try:{" "}
          <code>{profileCommand(cell)}</code>
        </p>
      )}
      <CellTold cell={cell} />
    </section>
  );
}
