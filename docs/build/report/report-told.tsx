import type { Cell, Run } from "@mobilenet-bench/results";
import { jsonOf } from "../../src/data/json-of.ts";
import { ToldTree } from "../../src/parts/told-tree.tsx";

interface ToldProps {
  readonly what: string;
  readonly told: object;
}

function Told({ what, told }: ToldProps) {
  return (
    <details>
      <summary>{what}</summary>
      <ToldTree told={jsonOf(told)} />
    </details>
  );
}

/** What surrounded all cells of a run, once: closed, and there for whoever doubts. */
export function RunTold({ run }: { readonly run: Run }) {
  const { environment, parts = [], protocol } = run;
  return (
    <>
      {parts.length === 0 ? (
        <Told what="Machine, software and state" told={environment} />
      ) : (
        parts.map((part, i) => (
          <Told
            key={part.startedAt}
            what={`Machine, software and state of part ${i + 1} of ${parts.length}`}
            told={part.environment}
          />
        ))
      )}
      <Told what="Protocol" told={protocol} />
    </>
  );
}

/** What really ran in a cell, and what speaks against its figure. */
export function CellTold({ cell }: { readonly cell: Cell }) {
  const doubts = cell.status === "ok" ? (cell.doubts ?? []) : [];
  return (
    <>
      {doubts.map(({ kind, reason }) => (
        <p key={`${kind} ${reason}`}>
          <strong class="tag">{kind}</strong>: {reason}
        </p>
      ))}
      <Told what="What really ran" told={cell.actual ?? {}} />
      {cell.status === "ok" && cell.memory !== undefined && (
        <Told what="Memory, in bytes" told={cell.memory} />
      )}
    </>
  );
}
