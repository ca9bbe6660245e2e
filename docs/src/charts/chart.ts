/** Where and for what a chart is drawn. */
export interface Frame {
  /** That of a page, or of linkedom where there is none. */
  readonly document: Document;
  /** In CSS pixels. A chart is drawn anew for each width, never scaled: letters keep their size. */
  readonly width: number;
  /** `file`: the drawing stands by itself, with a ground of its own and its namespace. */
  readonly medium: "page" | "report" | "file";
}

/** What the chart shows, as a table. */
export interface ChartTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * A drawing, its data and what it says.
 *
 * Each datum of the drawing is one group `<g data-datum="KEY" transform="translate(X Y)">`, in the order of the table's rows and
 * one for each of them: so a cursor finds every datum, its place and its words, in a page as it was built as well. Where
 * a datum is a cell, its key is the cell's id, and `data-ties` has those of the cells that it may share its rank with.
 */
export interface Chart {
  readonly svg: SVGSVGElement;
  readonly table: ChartTable;
  /** One or two sentences from the data: what a reader sees who does not see the drawing. */
  readonly says: string;
}

/** Draws nothing but SVG, colours by `var(--…)` in attributes, never by a `style`; the texts of data are text nodes. */
export type DrawChart<Data> = (data: Data, frame: Frame) => Chart;
