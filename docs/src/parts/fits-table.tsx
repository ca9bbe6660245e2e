import { percent, rowId, significant } from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import { shortRow } from "../charts/site-cells.ts";
import { dayOf, type RunFacts, type SiteFit } from "../data/facts.ts";
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

/** Latency as a line over mult-adds, a row for each: is one a fair proxy for the other? */
export function FitsTable({ fits, cells, runs }: FitsTableProps) {
  const shown = shownFits({ fits, cells });
  if (shown.length === 0) return <p>No line: a backend needs three models of one run to have one.</p>;
  const slopes = alignedOnPoint(shown.map(({ slope }) => significant(slope)));
  const intercepts = alignedOnPoint(shown.map(({ intercept }) => significant(intercept).replace("-", "−")));
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label="Lines: table">
      <table class="fits">
        <caption>Latency as a line over mult-adds, through all models of one run</caption>
        <thead>
          <tr>
            <th scope="col">backend</th>
            <th scope="col" class="number">
              models
            </th>
            <th scope="col" class="number">
              ms per 1e9
            </th>
            <th scope="col" class="number">
              intercept ms
            </th>
            <th scope="col" class="number">
              R²
            </th>
            <th scope="col">worst residual</th>
            <th scope="col">run</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((fit, i) => (
            <tr key={fit.backend}>
              <th scope="row">
                <KeyGlyph backend={backendOf(fit)} /> {shortRow(fit.backend)}
              </th>
              <td class="number">{fit.models}</td>
              <td class="number">{slopes[i]}</td>
              <td class="number">{intercepts[i]}</td>
              <td class="number">{fit.rSquared.toFixed(4)}</td>
              <td>
                {fit.worst.residual > 0 ? "+" : ""}
                {percent(fit.worst.residual).replace("-", "−")} {shortModelName(fit.worst.model)}
              </td>
              <td>{dayOfRun(fit, runs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function backendOf({ backend }: SiteFit): string {
  return backend.split("/")[0] ?? backend;
}

function dayOfRun({ run }: SiteFit, runs: readonly RunFacts[]): string {
  const facts = runs.find(({ id }) => id === run);
  return facts === undefined ? run : dayOf(facts);
}
