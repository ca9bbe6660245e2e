import {
  columnsWithContent,
  FIGURE_COLUMNS,
  legendOf,
  modelFacts,
  TABLE_COLUMNS,
  tableCsv,
  titleOf,
  type Peaks,
  type TableColumn,
  type TableRow,
} from "@mobilenet-bench/results";
import { rowName, standingOf } from "../../src/charts/site-cells.ts";
import type { SiteCell } from "../../src/data/site-cell.ts";
import { isBroken } from "../../src/data/status.ts";
import type { Standing } from "../../src/marks/index.ts";
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

/** Without the ratios' intervals: two columns of one title would be taken for each other. */
const COLUMNS = FIGURE_COLUMNS.filter((column) => column !== TABLE_COLUMNS.ratioInterval);

/** The terminal's table: the same columns, the same numbers, the same legend; the figures as CSV beneath. */
export function ReportTable({ rows, peaks, csvName, cells }: ReportTableProps) {
  const context = { rows, peaks };
  const columns = columnsWithContent(COLUMNS, rows);
  const texts = textsOf(rows, columns);
  const standings = new Map(cells.map((cell) => [cell.id, standingOf(cell)]));
  const legend = legendOf(context, columns, ({ word }) => word);
  return (
    <>
      <div class="scroll" role="region" tabIndex={0} aria-label="Figures: table">
        <table class="cells">
          <caption>Latency of one inference. Ranks are among the cells of a model that are shown.</caption>
          <thead>
            <tr>
              <th scope="col">backend</th>
              {columns.map((column) => (
                <th key={titleOf(column, context)} scope="col" class={classOf(column)}>
                  {titleOf(column, context)}
                </th>
              ))}
            </tr>
          </thead>
          {[...Map.groupBy(rows, ({ model }) => model)].map(([model, members]) => (
            <tbody key={model}>
              <tr class="group">
                <th scope="rowgroup" colSpan={columns.length + 1}>
                  {model} <span class="facts">{modelFacts(members)}</span>
                </th>
              </tr>
              {members.map((row) => (
                <Row
                  key={row.id}
                  row={row}
                  columns={columns}
                  texts={texts.get(row) ?? []}
                  standing={standings.get(row.id) ?? "competes"}
                />
              ))}
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

/** Of every row its texts, in the order of columns: numbers stand on their points in all of the table. */
function textsOf(
  rows: readonly TableRow[],
  columns: readonly TableColumn[],
): ReadonlyMap<TableRow, readonly string[]> {
  const texts = columns.map(({ align, value }) => {
    const plain = rows.map(value);
    return align === "right" ? alignedOnPoint(plain) : plain;
  });
  return new Map(rows.map((row, i) => [row, texts.map((column) => column[i] ?? "")]));
}

interface RowProps {
  readonly row: TableRow;
  readonly columns: readonly TableColumn[];
  readonly texts: readonly string[];
  readonly standing: Standing;
}

function Row({ row, columns, texts, standing }: RowProps) {
  return (
    <tr class={isBroken(row.status) ? "broken" : undefined}>
      <th scope="row">
        <KeyGlyph backend={row.backend} standing={standing} /> {rowName(row)}
      </th>
      {columns.map((column, i) => (
        <td key={i} class={classOf(column)}>
          {texts[i]}
        </td>
      ))}
    </tr>
  );
}

function classOf({ align }: TableColumn): string | undefined {
  return align === "right" ? "number" : undefined;
}
