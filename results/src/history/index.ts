export { CHANGE_RULE } from "./change-points.ts";
export * from "./environment-changes.ts";
export * from "./history-run.ts";
export * from "./history.ts";
export * from "./make-history.ts";
export { newestNight } from "./newest-night.ts";
export * from "./nominate.ts";
export * from "./nominee.ts";
export * from "./vanished.ts";
