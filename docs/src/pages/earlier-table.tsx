import { dayOf, intervalText, significant } from "@mobilenet-bench/results";

import type { EarlierFigure } from "./cell-data.ts";

interface EarlierTableProps {
  readonly earlier: readonly EarlierFigure[];
  /** Within what another run would be, in milliseconds. */
  readonly anotherRun?: readonly [low: number, high: number];
}

/** The cell in other runs on the machine. Figures of different runs are weak evidence of a change. */
export function EarlierTable({ earlier, anotherRun }: EarlierTableProps) {
  if (earlier.length === 0) return null;
  return (
    <>
      <h3>In other runs here</h3>
      <p>
        {anotherRun === undefined
          ? "Less than three runs by this protocol came before: cells of other runs are told from this one by a factor of two."
          : `From runs by this protocol that came before, another one would be within ${intervalText(anotherRun)} ms at 95 %: by this, cells of other runs are told from this one.`}
      </p>
      <div class="scroll" role="region" tabIndex={0} aria-label="Other runs: table">
        <table class="earlier">
          <caption>
            The same cell in earlier runs on this machine, measured at other times: weak evidence of a change
          </caption>
          <thead>
            <tr>
              <th scope="col">day</th>
              <th scope="col" class="number">
                median ms
              </th>
              <th scope="col" class="number">
                95 % within that run
              </th>
              <th scope="col">status</th>
              <th scope="col">run</th>
            </tr>
          </thead>
          <tbody>
            {earlier.map(({ run, startedAt, status, ms, ci95 }) => (
              <tr key={run}>
                <th scope="row">{dayOf(startedAt)}</th>
                <td class="number">{ms === undefined ? "" : significant(ms)}</td>
                <td class="number">{ci95 === undefined ? "" : intervalText(ci95)}</td>
                <td>{status}</td>
                <td>
                  <code>{run}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
