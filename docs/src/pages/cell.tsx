import { shortModelName } from "@mobilenet-bench/spec";
import { usePageContext } from "../parts/page-context.ts";
import { runCommand } from "../state/commands.ts";
import { pageLink } from "../state/links.ts";
import type { CellData } from "./cell-data.ts";
import { CellSection } from "./cell-section.tsx";
import { Command } from "../parts/command.tsx";

/** One cell: its figure on every machine that has it, and all that it rests on. */
export function CellPage({ id, figures }: CellData) {
  const { root } = usePageContext();
  const [first] = figures;
  return (
    <>
      <p class="crumbs">
        <a href={pageLink(root, "table")}>All figures</a>
      </p>
      <h1>
        <code>{shortModelName(id)}</code>
      </h1>
      {first === undefined && <p>No run has this cell.</p>}
      <p>
        <Command command={runCommand({ id })} />
      </p>
      {figures.map((figure) => (
        <CellSection key={figure.machine.id} figure={figure} alone={figures.length === 1} />
      ))}
    </>
  );
}
