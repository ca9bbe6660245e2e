import { dayOf, type FailedCell, intervalText, percent, significant } from "@mobilenet-bench/results";

import { RunFileLink } from "../parts/run-file-link.tsx";
import type { CellFigure } from "./cell-data.ts";
import { CellDetails } from "./cell-details.tsx";
import { CellFigures } from "./cell-figures.tsx";
import { EarlierTable } from "./earlier-table.tsx";

interface CellSectionProps {
  readonly figure: CellFigure;
  /** Whether the page has this one section: then ids in it need no prefix. */
  readonly alone: boolean;
}

/** A cell on one machine. */
export function CellSection({ figure, alone }: CellSectionProps) {
  const { cell, machine, run, stale, earlier, anotherRun } = figure;
  const prefix = alone ? "" : `${machine.id}-`;
  return (
    <section id={`machine-${machine.id}`}>
      <h2>{machine.title}</h2>
      {cell.status === "ok" ? (
        <p class="figure-line">
          <strong>{significant(cell.latency.median)} ms</strong>{" "}
          <span>
            {intervalText(cell.latency.ci95)} at 95 % within this run, {significant(cell.gmacs)} × 1e9
            mult-adds per second
          </span>
        </p>
      ) : (
        <Failure cell={cell} />
      )}
      <ul class="facts">
        <li>{machine.os}</li>
        <li>
          run <code>{run.id}</code> of {dayOf(run.startedAt)}
          {run.suite !== null && `, suite ${run.suite}`}
        </li>
        <li>
          {run.commit === null ? "no commit" : `commit ${run.commit.slice(0, 12)}`}
          {run.dirty && <strong class="tag"> with changes</strong>}
        </li>
        {stale && (
          <li>
            <strong class="tag">stale</strong>: a newer run of this suite no longer has this cell
          </li>
        )}
        {cell.status === "ok" && (
          <li>
            {cell.warmUp.stable ? "settled" : <strong class="tag">unsettled</strong>} after{" "}
            {cell.warmUp.inferences} inferences
          </li>
        )}
        {(cell.retries ?? 0) > 0 && (
          <li>
            <strong class="tag">retried</strong> {cell.retries} times: a process died at first
          </li>
        )}
        <li>
          <RunFileLink file={run.file}>the whole run</RunFileLink>
          {" · "}
          <a href="cell.json" download="cell.json">
            this cell as JSON
          </a>
        </li>
      </ul>
      {cell.status === "ok" && <CellFigures cell={cell} environment={figure.environment} prefix={prefix} />}
      {cell.correctness !== undefined && (
        <>
          <h3>Correctness</h3>
          <p>
            The largest error of a logit is {percent(cell.correctness.worstFraction, 2)} of its bound (
            {cell.correctness.maxAbsError.toExponential(2)} where {cell.correctness.bound.toExponential(2)} is
            allowed); top-1 {cell.correctness.top1Agrees ? "agrees" : "does not agree"} with the reference.
          </p>
        </>
      )}
      <EarlierTable earlier={earlier} {...(anotherRun && { anotherRun })} />
      <CellDetails figure={figure} />
    </section>
  );
}

function Failure({ cell: { status, reason, remedy } }: { readonly cell: FailedCell }) {
  return (
    <div class={status === "unsupported" ? "no-figure" : "no-figure broken"}>
      <p class="figure-line">
        <strong>No figure: {status}</strong>
      </p>
      <p>{reason}</p>
      {remedy !== undefined && <p>{remedy}</p>}
    </div>
  );
}
