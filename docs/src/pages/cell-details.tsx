import { jsonOf } from "../data/json-of.ts";
import { ToldTree } from "../parts/told-tree.tsx";
import type { CellFigure } from "./cell-data.ts";

interface CellDetailsProps {
  readonly figure: CellFigure;
}

/** What really ran, and where: closed, since it is long, and there for whoever doubts. */
export function CellDetails({ figure: { cell, environment, protocol } }: CellDetailsProps) {
  const { before, after, peak, peakCheck, memoryReads, ...machine } = environment;
  const doubts = cell.status === "ok" ? (cell.doubts ?? []) : [];
  return (
    <>
      {doubts.length > 0 && (
        <>
          <h3>What speaks against this figure</h3>
          <ul>
            {doubts.map(({ kind, reason }) => (
              <li key={`${kind} ${reason}`}>
                <strong class="tag">{kind}</strong>: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>What really ran</summary>
        <ToldTree told={jsonOf(cell.actual ?? {})} />
      </details>
      {cell.status === "ok" && cell.memory !== undefined && (
        <details>
          <summary>Memory, in bytes</summary>
          <ToldTree told={jsonOf(cell.memory)} />
        </details>
      )}
      <details>
        <summary>Machine and software</summary>
        <ToldTree told={jsonOf(machine)} />
      </details>
      <details>
        <summary>State of the machine before and after</summary>
        <ToldTree told={jsonOf({ before, after })} />
      </details>
      <details>
        <summary>Peaks, in 1e9 mult-adds per second on one thread</summary>
        <ToldTree told={jsonOf({ peak, peakCheck, memoryReads })} />
      </details>
      <details>
        <summary>Protocol</summary>
        <ToldTree told={jsonOf(protocol)} />
      </details>
    </>
  );
}
