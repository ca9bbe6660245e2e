export * from "../site-error.ts";
export * from "./chart-file.ts";
export * from "./charts.ts";
export * from "./render-report.tsx";
export * from "./run-data.ts";
