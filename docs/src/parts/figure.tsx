import { useMemo } from "preact/hooks";
import type { DrawChart } from "../charts/chart.ts";
import { figureHtml, type FigureOptions } from "./figure-html.ts";
import { usePageContext } from "./page-context.ts";

interface FigureProps<Data> extends Pick<FigureOptions, "id" | "opens"> {
  readonly widths?: FigureOptions["widths"];
  readonly draw: DrawChart<Data>;
  /** Drawn again when it is another object. */
  readonly data: Data;
}

/** A chart with what it says and its table. */
export function Figure<Data>({ draw, data, id, opens, widths = "all" }: FigureProps<Data>) {
  const { document, medium = "page" } = usePageContext();
  const html = useMemo(
    () => figureHtml(draw, data, document, { id, widths, medium, ...(opens !== undefined && { opens }) }),
    [draw, data, document, id, opens, widths, medium],
  );
  // It was text of nodes a moment ago: see figureHtml.
  return <figure id={id} class="chart-figure" dangerouslySetInnerHTML={{ __html: html }} />;
}
