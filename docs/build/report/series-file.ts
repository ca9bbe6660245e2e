import { seriesInTime, type CellSeries } from "../../src/charts/series-in-time.ts";
import { drawingFile, type ChartFile, type DrawingOptions } from "./drawing-file.ts";

/**
 * One cell over runs as a file of SVG: its colours in it, nothing fetched.
 * @throws SiteError where it would be too narrow
 */
export function seriesFile(series: CellSeries, options: DrawingOptions): Promise<ChartFile> {
  return drawingFile((frame) => seriesInTime(series, frame), options);
}
