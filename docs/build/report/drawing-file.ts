import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Chart, Frame } from "../../src/charts/chart.ts";
import { parseTokens, resolveColours, type Tokens } from "../../src/style/tokens.ts";
import { PACKAGE_FOLDER } from "../package-folder.ts";
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

const TOKENS = join(PACKAGE_FOLDER, "src", "style", "tokens.css");

/** A chart as a file of SVG: its colours in it, nothing fetched. */
export async function drawingFile(
  draw: (frame: Frame) => Chart,
  { width, scheme }: DrawingOptions,
): Promise<ChartFile> {
  const { svg, says } = draw({ document: pageDocument(), width, medium: "file" });
  resolveColours(svg, parseTokens(await readFile(TOKENS, "utf8"))[scheme]);
  return { svg: `${svg.outerHTML}\n`, width, height: Number(svg.getAttribute("height")), says };
}
