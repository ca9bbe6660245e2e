import { shortModelName } from "@mobilenet-bench/spec";
import { parseCellId, type Environment, type Run } from "@mobilenet-bench/results";
import { CellPage } from "../src/pages/cell.tsx";
import type { CellData, CellFigure } from "../src/pages/cell-data.ts";
import { cellPath } from "../src/state/cell-path.ts";
import type { Figure, MachineFigures } from "./newest-figures.ts";
import type { SitePage } from "./page-renderer.tsx";

/** All cells of all machines, one after the other: a site of many is never held as a whole. */
export function* cellData(machines: readonly MachineFigures[]): Generator<CellData> {
  const ids = new Set(machines.flatMap(({ figures }) => [...figures.keys()]));
  for (const id of ids) {
    const figures = machines.flatMap((machine) => {
      const figure = machine.figures.get(id);
      return figure === undefined ? [] : [cellFigure(machine, figure)];
    });
    yield { id, figures: figures.toSorted((a, b) => (a.run.startedAt < b.run.startedAt ? 1 : -1)) };
  }
}

/** The page of a cell. */
export function cellPage(data: CellData): SitePage {
  return {
    path: pathOfCell(data),
    title: shortModelName(data.id),
    description: `Latency, blocks, layers and correctness of ${data.id}.`,
    current: "table",
    exact: false,
    content: <CellPage {...data} />,
  };
}

/** The folder of a cell, from the root of the site. */
export function pathOfCell({ id, figures: [first] }: CellData): string {
  return cellPath(first?.cell ?? parseCellId(id));
}

function cellFigure(
  { machine, earlier }: MachineFigures,
  { cell, run, facts, stale, anotherRun }: Figure,
): CellFigure {
  return {
    machine,
    run: facts,
    environment: environmentOf(run, cell.id),
    protocol: run.protocol,
    cell,
    stale,
    ...(anotherRun && { anotherRun }),
    earlier: earlier.get(cell.id) ?? [],
  };
}

/** Of the last part that measured the cell, where the run was gone on with. */
function environmentOf({ parts = [], environment }: Run, id: string): Environment {
  return parts.findLast(({ cells }) => cells.includes(id))?.environment ?? environment;
}
