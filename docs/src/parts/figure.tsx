import { useMemo } from "preact/hooks";
import type { DrawChart } from "../charts/chart.ts";
import { figureHtml, type FigureOptions } from "./figure-html.ts";
import { usePageContext } from "./page-context.ts";

interface FigureProps<Data> extends FigureOptions {
  readonly draw: DrawChart<Data>;
  /** Drawn again when it is another object. */
  readonly data: Data;
}

/** A chart with what it says and its table. */
export function Figure<Data>({ draw, data, id, opens }: FigureProps<Data>) {
  const { document } = usePageContext();
  const html = useMemo(
    () => figureHtml(draw, data, document, { id, ...(opens !== undefined && { opens }) }),
    [draw, data, document, id, opens],
  );
  // It was text of nodes a moment ago: see figureHtml.
  return <figure id={id} class="chart-figure" dangerouslySetInnerHTML={{ __html: html }} />;
}
