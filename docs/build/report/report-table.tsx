import {
  columnsWithContent,
  legendOf,
  millions,
  rowId,
  TABLE_COLUMNS,
  tableCsv,
  titleOf,
  type Peaks,
  type TableColumn,
  type TableRow,
} from "@mobilenet-bench/results";
import { standingOf } from "../../src/charts/site-cells.ts";
import type { SiteCell } from "../../src/data/site-cell.ts";
import { isBroken } from "../../src/data/status.ts";
import { KeyGlyph } from "../../src/parts/key-glyph.tsx";
import { alignedOnPoint } from "../../src/style/align-on-point.ts";

interface ReportTableProps {
  readonly rows: readonly TableRow[];
  readonly peaks: Peaks;
  /** What the file of its figures is called when it is saved. */
  readonly csvName: string;
  /** The same cells as marks are drawn of them. */
  readonly cells: readonly SiteCell[];
}

/** What stands beside a row's name. */
const COLUMNS: readonly TableColumn[] = [
  TABLE_COLUMNS.rank,
  TABLE_COLUMNS.ratio,
  TABLE_COLUMNS.median,
  TABLE_COLUMNS.interval,
  TABLE_COLUMNS.clocked,
  TABLE_COLUMNS.gmacs,
  TABLE_COLUMNS.peak,
  TABLE_COLUMNS.coldStart,
  TABLE_COLUMNS.memory,
  TABLE_COLUMNS.status,
];

/** The terminal's table: the same columns, the same numbers, the same legend; the figures as CSV beneath. */
export function ReportTable({ rows, peaks, csvName, cells }: ReportTableProps) {
  const context = { rows, peaks };
  const columns = columnsWithContent(COLUMNS, rows);
  const titles = columns.map((column) => titleOf(column, context));
  const legend = legendOf(context, columns, ({ word }) => word);
  return (
    <>
      <div class="scroll" role="region" tabIndex={0} aria-label="Figures: table">
        <table class="cells">
          <caption>Latency of one inference. Ranks are among the cells of a model that are shown.</caption>
          <thead>
            <tr>
              <th scope="col">backend</th>
              {titles.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          {[...Map.groupBy(rows, ({ model }) => model)].map(([model, members]) => (
            <tbody key={model}>
              <ModelHead model={model} rows={members} span={columns.length + 1} />
              <Rows rows={members} columns={columns} cells={cells} />
            </tbody>
          ))}
        </table>
      </div>
      <dl class="legend-of-table">
        {legend.map(({ term, meaning }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>
        <a download={csvName} href={`data:text/csv;charset=utf-8,${encodeURIComponent(tableCsv(rows))}`}>
          These figures as CSV
        </a>
        , in full precision
      </p>
    </>
  );
}

interface RowsProps extends Pick<ReportTableProps, "rows" | "cells"> {
  readonly columns: readonly TableColumn[];
}

/** Of one model: numbers stand on their points. */
function Rows({ rows, columns, cells }: RowsProps) {
  const standings = new Map(cells.map((cell) => [cell.id, standingOf(cell)]));
  const texts = columns.map(({ align, value }) => {
    const plain = rows.map((row) => value(row));
    return align === "right" ? alignedOnPoint(plain) : plain;
  });
  return (
    <>
      {rows.map((row, i) => (
        <tr key={row.id} class={isBroken(row.status) ? "broken" : undefined}>
          <th scope="row">
            <KeyGlyph backend={row.backend} standing={standings.get(row.id) ?? "competes"} /> {rowId(row)}
          </th>
          {columns.map((column, k) => (
            <td key={k} class={column.align === "right" ? "number" : undefined}>
              {texts[k]?.[i]}
              {column === TABLE_COLUMNS.status && <Reason row={row} />}
            </td>
          ))}
        </tr>
      ))}
    </>
  );
}

interface ModelHeadProps {
  readonly model: string;
  readonly rows: readonly TableRow[];
  readonly span: number;
}

function ModelHead({ model, rows: [first], span }: ModelHeadProps) {
  const { multAdds = 0, params = 0 } = first ?? {};
  return (
    <tr class="group">
      <th scope="rowgroup" colSpan={span}>
        {model}{" "}
        <span class="facts">
          {millions(multAdds)} M mult-adds, {millions(params, 2)} M params
        </span>
      </th>
    </tr>
  );
}

function Reason({ row: { reason, remedy } }: { readonly row: TableRow }) {
  if (reason === undefined) return null;
  return <span class="reason">: {[reason, remedy].filter((text) => text !== undefined).join(" ")}</span>;
}
