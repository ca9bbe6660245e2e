export * from "../site-error.ts";
export * from "./chart-file.ts";
export * from "./charts.ts";
export type { ChartFile } from "./drawing-file.ts";
export * from "./render-report.tsx";
export * from "./run-data.ts";
export * from "./series-file.ts";
