import {
  describeLeftOut,
  describePace,
  describeParts,
  describeState,
  reasonsOf,
  reasonText,
  runFacts,
  tableFileName,
} from "@mobilenet-bench/results";
import { countsWithoutFigure } from "../../src/charts/site-cells.ts";
import { headlineOf } from "../../src/pages/headline.ts";
import { Figure } from "../../src/parts/figure.tsx";
import { FitsTable } from "../../src/parts/fits-table.tsx";
import { RUN_CHARTS } from "./charts.ts";
import { ReportCell } from "./report-cell.tsx";
import { ReportTable } from "./report-table.tsx";
import { RunTold } from "./report-told.tsx";
import type { RunData } from "./run-data.ts";

/** A chart with a row for each cell is no picture any more with more of them. */
const MOST_ROWS = 48;

interface ReportRunProps {
  readonly data: RunData;
  /** Of ids in the file. */
  readonly prefix: string;
  /** Of its heading. */
  readonly level: 1 | 2;
  /** Whether its cells have sections of their own. */
  readonly withCells: boolean;
}

/** One run: its headline, its charts, its table, and its cells where they are few. */
export function ReportRun({ data, prefix, level, withCells }: ReportRunProps) {
  const { run, file, latest, rows, cells } = data;
  const Heading = `h${level}` as const;
  return (
    <section aria-labelledby={`${prefix}-title`}>
      <Heading id={`${prefix}-title`}>{headlineOf(latest.cells, latest).title}</Heading>
      <p class="where">{runFacts(run).join(" · ")}</p>
      <Facts told={warningsOf(data)} />
      <Figure id={`${prefix}-latency`} draw={RUN_CHARTS["latency-against-mult-adds"]} data={data} />
      <FitsTable fits={latest.fits} cells={latest.cells} runs={latest.runs} />
      <ReportTable
        rows={rows}
        peaks={run.environment}
        csvName={tableFileName([`run=${run.id}`], "csv")}
        cells={latest.cells}
      />
      <Facts told={reasonsOf(run.cells).map(reasonText)} />
      {cells.length <= MOST_ROWS && (
        <>
          <Figure id={`${prefix}-ranks`} draw={RUN_CHARTS["rank-intervals"]} data={data} />
          <Figure id={`${prefix}-starts`} draw={RUN_CHARTS["cold-start"]} data={data} />
        </>
      )}
      <Facts told={[...describeLeftOut(run.cells), ...describePace(run), `run ${run.id}, file ${file}`]} />
      <RunTold run={run} />
      {withCells ? (
        cells.map((figure, i) => (
          <ReportCell
            key={figure.cell.id}
            figure={figure}
            prefix={`${prefix}-cell-${i}`}
            level={level === 1 ? 2 : 3}
          />
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

function Facts({ told }: { readonly told: readonly string[] }) {
  if (told.length === 0) return null;
  return (
    <ul class="facts">
      {told.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

/** What must be known before its figures are believed, and what of it is not shown. */
function warningsOf({ run, latest, leftOut }: RunData): string[] {
  const { cells, environment } = run;
  const counts = countsWithoutFigure(latest.cells);
  return [
    ...describeParts(run),
    ...describeState(environment),
    ...(counts.length > 0 ? [`without a figure: ${counts.join(", ")}`] : []),
    ...(leftOut > 0 ? [`left out by filters: ${leftOut} of ${leftOut + cells.length} cells`] : []),
  ];
}
