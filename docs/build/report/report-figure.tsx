import type { Chart, ChartTable, Frame } from "../../src/charts/chart.ts";
import { WIDTHS } from "../../src/parts/figure-html.ts";
import { usePageContext } from "../../src/parts/page-context.ts";

interface ReportFigureProps {
  /** Unique in the file. */
  readonly id: string;
  readonly draw: (frame: Frame) => Chart;
  /** At all widths, of which the style shows one; without this the narrow drawing alone, which stands beside others. */
  readonly both?: boolean;
}

/** A chart with what it says and its table. Nothing in it can be pressed or reached by keys: there is no script. */
export function ReportFigure({ id, draw, both = false }: ReportFigureProps) {
  const { document } = usePageContext();
  const at = (width: number) => draw({ document, width, medium: "report" });
  const narrow = at(WIDTHS.narrow);
  return (
    <figure id={id} class="chart-figure">
      {both && <Plot chart={at(WIDTHS.wide)} shown="plot wide" id={id} />}
      {both && <Plot chart={at(WIDTHS.medium)} shown="plot medium" id={id} />}
      <Plot chart={narrow} shown={both ? "plot narrow" : "plot"} id={id} />
      <figcaption id={`${id}-says`}>{narrow.says}</figcaption>
      <details class="chart-table">
        <summary>The chart as a table</summary>
        <TableOf {...narrow.table} />
      </details>
    </figure>
  );
}

interface PlotProps {
  readonly chart: Chart;
  readonly shown: string;
  readonly id: string;
}

function Plot({ chart: { svg }, shown, id }: PlotProps) {
  svg.setAttribute("aria-describedby", `${id}-says`);
  // Made of nodes, so that nothing in the data is ever markup.
  return <div class={shown} dangerouslySetInnerHTML={{ __html: svg.outerHTML }} />;
}

function TableOf({ caption, head, rows }: ChartTable) {
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={`${caption}: table`}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((text, column) => (
                <td key={column}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
