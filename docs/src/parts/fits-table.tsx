import { dayOf, type FitColumn, fitColumns, FITS_TITLE, rowId, titleOf } from "@mobilenet-bench/results";
import { shortRow } from "../charts/site-cells.ts";
import { type RunFacts, type SiteFit } from "../data/facts.ts";
import { competes, type SiteCell } from "../data/site-cell.ts";
import { alignedOnPoint } from "../style/align-on-point.ts";
import { KeyGlyph } from "./key-glyph.tsx";

interface FitsTableProps {
  readonly fits: readonly SiteFit[];
  /** What is shown: a line of which no cell is shown has no row. */
  readonly cells: readonly SiteCell[];
  readonly runs: readonly RunFacts[];
}

/** The lines that are drawn. Each goes through all models that its run has, whatever filters leave. */
export function shownFits({ fits, cells }: Pick<FitsTableProps, "fits" | "cells">): SiteFit[] {
  const rows = new Set(cells.filter(competes).map(rowId));
  return fits.filter(({ backend }) => rows.has(backend));
}

/** As every other table of lines has them, beside the name of the row; software is never fitted. */
const FIGURES = fitColumns("").slice(1);

/** Latency as a line over mult-adds, a row for each: is one a fair proxy for the other? */
export function FitsTable({ fits, cells, runs }: FitsTableProps) {
  const shown = shownFits({ fits, cells });
  if (shown.length === 0)
    return <p class="left-out">No line: a backend needs three models of one run to have one.</p>;
  const figures = FIGURES.map(({ align, value }) => {
    const texts = shown.map(value);
    return align === "right" ? alignedOnPoint(texts) : texts;
  });
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label="Lines: table">
      <table class="fits">
        <caption>{FITS_TITLE}, through all models of one run</caption>
        <thead>
          <tr>
            <th scope="col">backend</th>
            {FIGURES.map((column) => (
              <th key={column.title} scope="col" class={classOf(column)}>
                {titleOf(column, {})}
              </th>
            ))}
            <th scope="col">run</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((fit, i) => (
            <tr key={fit.backend}>
              <th scope="row">
                <KeyGlyph backend={backendOf(fit)} /> {shortRow(fit.backend)}
              </th>
              {FIGURES.map((column, k) => (
                <td key={column.title} class={classOf(column)}>
                  {figures[k]?.[i]}
                </td>
              ))}
              <td>{dayOfRun(fit, runs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf({ align }: FitColumn): string | undefined {
  return align === "right" ? "number" : undefined;
}

function backendOf({ backend }: SiteFit): string {
  return backend.split("/")[0] ?? backend;
}

function dayOfRun({ run }: SiteFit, runs: readonly RunFacts[]): string {
  const facts = runs.find(({ id }) => id === run);
  return facts === undefined ? run : dayOf(facts.startedAt);
}
