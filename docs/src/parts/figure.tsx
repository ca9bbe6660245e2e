import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { DrawChart } from "../charts/chart.ts";
import { figureHtml, widthShownIn, type FigureOptions } from "./figure-html.ts";
import { usePageContext } from "./page-context.ts";

interface FigureProps<Data> extends Pick<FigureOptions, "id" | "opens" | "tableOf"> {
  readonly widths?: FigureOptions["widths"];
  readonly draw: DrawChart<Data>;
  /** Drawn again when it is another object. */
  readonly data: Data;
}

/**
 * A chart with what it says and its table. When its data change, the drawing that is shown comes at once; those of other widths,
 * which paper and another window may need, when the page has nothing else to do.
 */
export function Figure<Data>({ draw, data, id, opens, tableOf, widths = "all" }: FigureProps<Data>) {
  const { document, medium = "page" } = usePageContext();
  const figure = useRef<HTMLElement>(null);
  const [whole, setWhole] = useState(() => data);
  const isWhole = whole === data;
  const html = useMemo(() => {
    const only = isWhole || figure.current === null ? undefined : widthShownIn(figure.current);
    return figureHtml(draw, data, document, {
      id,
      widths,
      medium,
      ...(opens !== undefined && { opens }),
      ...(tableOf !== undefined && { tableOf }),
      ...(only !== undefined && { only }),
    });
  }, [draw, data, document, id, opens, tableOf, widths, medium, isWhole]);
  useEffect(() => (isWhole ? undefined : whenIdle(() => setWhole(() => data))), [data, isWhole]);
  // It was text of nodes a moment ago: see figureHtml.
  return <figure ref={figure} id={id} class="chart-figure" dangerouslySetInnerHTML={{ __html: html }} />;
}

/** @returns what calls it off */
function whenIdle(work: () => void): () => void {
  // Not every browser tells when it is idle.
  if (!("requestIdleCallback" in globalThis)) {
    const timer = setTimeout(work, 200);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(work);
  return () => cancelIdleCallback(request);
}
