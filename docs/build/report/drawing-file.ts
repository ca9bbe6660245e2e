import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Chart, Frame } from "../../src/charts/chart.ts";
import { FILE_MARGIN } from "../../src/charts/root.ts";
import { withoutData } from "../../src/drawing/without-data.ts";
import { parseTokens, resolveColours, type Tokens } from "../../src/style/tokens.ts";
import { PACKAGE_FOLDER } from "../package-folder.ts";
import { SiteError } from "../site-error.ts";
import { pageDocument } from "./page-document.ts";

/** How a drawing is made that stands by itself. */
export interface DrawingOptions {
  /** In CSS pixels; letters keep their size at any. */
  readonly width: number;
  readonly scheme: keyof Tokens;
}

/** A drawing by itself. */
export interface ChartFile {
  readonly svg: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** What it says, for whoever cannot see it where it is put. */
  readonly says: string;
}

/** In CSS pixels: less holds no plot beside its names. */
const LEAST_WIDTH = 320;
const TOKENS = join(PACKAGE_FOLDER, "src", "style", "tokens.css");

/**
 * A chart as a file of SVG: its colours in it, nothing fetched.
 * @throws SiteError where it would be too narrow
 */
export async function drawingFile(
  draw: (frame: Frame) => Chart,
  { width, scheme }: DrawingOptions,
): Promise<ChartFile> {
  if (width < LEAST_WIDTH)
    throw new SiteError(`A chart of ${width} pixels has no room for its plot. Give ${LEAST_WIDTH} at least.`);
  const frame = { document: pageDocument(), width: width - 2 * FILE_MARGIN, medium: "file" } as const;
  const { svg, says } = draw(frame);
  withoutData(svg);
  resolveColours(svg, parseTokens(await readFile(TOKENS, "utf8"))[scheme]);
  return { svg: `${svg.outerHTML}\n`, width, height: Number(svg.getAttribute("height")), says };
}
