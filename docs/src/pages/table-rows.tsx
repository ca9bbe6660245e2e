import { modelFacts, TABLE_COLUMNS, titleOf, type TableColumn } from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import { Fragment } from "preact";
import { rowIntervals } from "../charts/row-intervals.ts";
import { standingOf } from "../charts/site-cells.ts";
import type { SiteCell } from "../data/site-cell.ts";
import { isBroken } from "../data/status.ts";
import { CellLink } from "../parts/cell-link.tsx";
import { CopyButton } from "../parts/copy-button.tsx";
import { KeyGlyph } from "../parts/key-glyph.tsx";
import { usePageContext } from "../parts/page-context.ts";
import { runCommand } from "../state/commands.ts";
import type { Group, Sort, SortKey } from "../state/site-state.ts";
import { alignedOnPoint } from "../style/align-on-point.ts";
import { SortHead } from "./sort-head.tsx";
import type { RowGroup } from "./sort-rows.ts";

/** Columns of figures, with what a press of their head sorts by. */
const FIGURES: readonly (readonly [TableColumn, SortKey | undefined])[] = [
  [TABLE_COLUMNS.rank, "rank"],
  [TABLE_COLUMNS.median, "ms"],
  [TABLE_COLUMNS.interval, undefined],
  [TABLE_COLUMNS.gmacs, "gmacs"],
  [TABLE_COLUMNS.peak, "peak"],
  [TABLE_COLUMNS.coldStart, "cold"],
];

interface TableRowsProps {
  readonly groups: readonly RowGroup[];
  readonly group: Group;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

/** The rows of every group under one head. */
export function TableRows({ groups, group, sort, onSort }: TableRowsProps) {
  const { document } = usePageContext();
  const head = { sort, onSort };
  const figures = figuresOf(groups.flatMap(({ cells }) => cells));
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label="Figures: table">
      <table class="cells">
        <caption>Latency of one inference. Ranks are among the cells of a model that are shown.</caption>
        <thead>
          <tr>
            {group !== "model" && <SortHead {...head} title="model" sortKey="multAdds" />}
            <SortHead {...head} title="backend" sortKey="backend" />
            {FIGURES.map(([column, key]) => (
              <SortHead
                key={titleOf(column, {})}
                {...head}
                title={titleOf(column, {})}
                sortKey={key}
                number
              />
            ))}
            <th scope="col">interval</th>
            <th scope="col">status</th>
            <th scope="col" class="scripted">
              again
            </th>
          </tr>
        </thead>
        {groups.map(({ name, cells }) => {
          const drawings = rowIntervals(document, cells);
          return (
            <tbody key={name}>
              {name !== "" && <GroupHead name={name} cells={cells} group={group} />}
              {cells.map((cell) => (
                <Row
                  key={cell.id}
                  cell={cell}
                  drawing={drawings.get(cell.id)?.outerHTML ?? ""}
                  figures={figures.get(cell) ?? []}
                  withModel={group !== "model"}
                />
              ))}
            </tbody>
          );
        })}
      </table>
    </div>
  );
}

/** Of every cell its texts, in the order of columns: points stand beneath each other in the whole table. */
function figuresOf(cells: readonly SiteCell[]): ReadonlyMap<SiteCell, readonly string[]> {
  const columns = FIGURES.map(([column]) => alignedOnPoint(cells.map(column.value)));
  return new Map(cells.map((cell, i) => [cell, columns.map((texts) => texts[i] ?? "")]));
}

function GroupHead({ name, cells, group }: { readonly group: Group } & RowGroup) {
  const facts = group === "model" ? modelFacts(cells) : `${cells.length} cells`;
  return (
    <tr class="group">
      <th scope="rowgroup" colSpan={FIGURES.length + (group === "model" ? 4 : 5)}>
        <span>
          {name} <span class="facts">{facts}</span>
        </span>
      </th>
    </tr>
  );
}

interface RowProps {
  readonly cell: SiteCell;
  /** As the columns of {@link FIGURES} say them. */
  readonly figures: readonly string[];
  /** A dot and a rule, on the scale of its group; it says what the figures say. */
  readonly drawing: string;
  readonly withModel: boolean;
}

function Row({ cell, figures, drawing, withModel }: RowProps) {
  return (
    <tr class={isBroken(cell.status) ? "broken" : undefined}>
      {withModel && <td>{shortModelName(cell.model)}</td>}
      <th scope="row">
        <KeyGlyph backend={cell.backend} standing={standingOf(cell)} /> <CellLink cell={cell} />
      </th>
      {figures.map((text, i) => (
        <td key={i} class="number">
          {text}
        </td>
      ))}
      <td dangerouslySetInnerHTML={{ __html: drawing }} />
      <td class="words">
        {cell.status}
        {[...cell.marks, ...(cell.dirty ? ["dirty tree"] : [])].map((mark) => (
          <Fragment key={mark}>
            , <span class="tag">{mark}</span>
          </Fragment>
        ))}
        {cell.reason !== undefined && <span class="reason">: {cell.reason}</span>}
      </td>
      <td class="scripted">
        <CopyButton text={runCommand(cell)}>Copy command</CopyButton>
      </td>
    </tr>
  );
}
