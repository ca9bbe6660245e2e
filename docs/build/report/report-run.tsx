import { leftOutOf, tableFileName, type OkCell } from "@mobilenet-bench/results";
import { dayOf } from "../../src/data/facts.ts";
import { headlineOf } from "../../src/pages/headline.ts";
import { FitsTable } from "../../src/parts/fits-table.tsx";
import { RUN_CHARTS } from "./charts.ts";
import { ReportCell } from "./report-cell.tsx";
import { ReportFigure } from "./report-figure.tsx";
import { ReportTable } from "./report-table.tsx";
import { RunTold } from "./report-told.tsx";
import type { RunData } from "./run-data.ts";

/** A chart with a row for each cell is no picture any more with more of them. */
const MOST_ROWS = 48;

interface ReportRunProps {
  readonly data: RunData;
  /** Of ids in the file. */
  readonly prefix: string;
  /** Whether its cells have sections of their own. */
  readonly withCells: boolean;
}

/** One run: its headline, its charts, its table, and its cells where they are few. */
export function ReportRun({ data, prefix, withCells }: ReportRunProps) {
  const { run, latest, rows, cells } = data;
  const { title, where } = headlineOf(latest.cells, latest);
  const hasRows = cells.length > 0 && cells.length <= MOST_ROWS;
  return (
    <section aria-labelledby={`${prefix}-title`}>
      <h2 id={`${prefix}-title`}>{title}</h2>
      <p class="where">{where}</p>
      <Facts data={data} />
      {cells.length > 0 && (
        <>
          <ReportFigure
            id={`${prefix}-latency`}
            both
            draw={(frame) => RUN_CHARTS["latency-against-mult-adds"](data, frame)}
          />
          <FitsTable fits={latest.fits} cells={latest.cells} runs={latest.runs} />
          <ReportTable
            rows={rows}
            peaks={run.environment}
            csvName={tableFileName([`run=${run.id}`], "csv")}
            cells={latest.cells}
          />
        </>
      )}
      {hasRows && (
        <>
          <ReportFigure
            id={`${prefix}-ranks`}
            both
            draw={(frame) => RUN_CHARTS["rank-intervals"](data, frame)}
          />
          <ReportFigure
            id={`${prefix}-starts`}
            both
            draw={(frame) => RUN_CHARTS["cold-start"](data, frame)}
          />
        </>
      )}
      <RunTold run={run} />
      {withCells ? (
        cells.map((figure, i) => (
          <ReportCell key={figure.cell.id} figure={figure} prefix={`${prefix}-cell-${i}`} />
        ))
      ) : (
        <p class="left-out">
          Blocks, layers and what really ran of each of the {cells.length} cells would be too much for one
          file. To have them of a few, name these:{" "}
          <code>mnb report {run.id} --model NAME --backend NAME</code>
        </p>
      )}
    </section>
  );
}

/** What the run is, and all that is not as it should be. */
function Facts({ data: { run, file, leftOut, latest } }: { readonly data: RunData }) {
  const [facts] = latest.runs;
  const { environment, suite, complete, cells, weights, picture } = run;
  const blocks = cells.flatMap((cell) => (cell.status === "ok" ? leftOutOf(cell.blocks) : []));
  const withoutFigure = cells.filter(({ status }) => status !== "ok");
  const told = [
    `run ${run.id}${facts === undefined ? "" : ` of ${dayOf(facts)}`}, file ${file}`,
    ...(suite === null ? [] : [`suite ${suite}`]),
    environment.commit === null ? "no commit" : `commit ${environment.commit.slice(0, 12)}`,
    ...(environment.dirty === true ? ["of a dirty tree: the sources differed from their commit"] : []),
    ...(complete ? [] : ["interrupted: cells are missing"]),
    ...(weights ? [`weights ${weights.name}`] : []),
    ...(picture ? [`input ${picture.name}`] : []),
    ...(leftOut > 0 ? [`left out by filters: ${leftOut} of ${leftOut + cells.length} cells`] : []),
    ...countsOf(withoutFigure.map(({ status }) => status)),
    ...leftOutText(
      blocks,
      cells.filter((cell) => cell.status === "ok"),
    ),
  ];
  return (
    <ul class="facts">
      {told.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

function countsOf(statuses: readonly string[]): string[] {
  return Array.from(
    Map.groupBy(statuses, (status) => status),
    ([status, { length }]) => `${length} ${length === 1 ? "cell" : "cells"} without a figure: ${status}`,
  );
}

function leftOutText(leftOut: ReturnType<typeof leftOutOf>, cells: readonly OkCell[]): string[] {
  const all = cells.reduce((sum, { blocks }) => sum + blocks.length, 0);
  return Array.from(
    Map.groupBy(leftOut, ({ rule }) => rule),
    ([rule, of]) => `${of.reduce((sum, { blocks }) => sum + blocks, 0)} of ${all} blocks left out: ${rule}`,
  );
}
