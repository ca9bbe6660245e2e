import { fileURLToPath } from "node:url";
import { readRun } from "@mobilenet-bench/results/store";
import { reportOf } from "./report.ts";
import { renderTerminal } from "./terminal.ts";

/** The published run that the README shows, and the models of it that give a picture of all. */
const RUN = new URL("../../../results/data/2026-11-22-1206c8248664.json", import.meta.url);
const MODELS = ["mobilenet_v1_1.0_224", "mobilenet_v1_0.5_160", "mobilenet_v1_0.25_128"];

/** The README with the table between its marks renewed: as `mnb show` prints it in 80 columns. */
export async function embedTable(page: string): Promise<string> {
  const run = await readRun(fileURLToPath(RUN));
  const shown = run.cells.filter(({ model }) => MODELS.includes(model));
  const table = renderTerminal(reportOf(run, { shown }), { columns: 80, color: false });
  return page.replace(
    /(<!-- table: begin.*-->\n[^]*?```\n)[^]*?(```\n\n<!-- table: end -->)/,
    (_, begin: string, end: string) => `${begin}${table}\n${end}`,
  );
}
