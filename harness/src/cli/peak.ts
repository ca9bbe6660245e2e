import { Command } from "commander";
import { significant } from "../report/format.ts";
import { plainTable, trimLines } from "../report/table.ts";
import { measurePeaks, PEAK_STYLES } from "../peak/peak.ts";
import { print, printJson } from "./output.ts";

export function peakCommand(): Command {
  return new Command("peak")
    .description("This machine's reachable multiply–adds per second on one thread, for each execution style.")
    .option("--json", "JSON on standard output")
    .action(async ({ json }: { json?: boolean }) => {
      const peaks = await measurePeaks();
      if (json) return printJson({ unit: "1e9 multiply-adds per second, one thread", peaks });
      const table = plainTable(["left", "right", "left"]);
      table.push(["style", "1e9 ma/s", ""]);
      for (const peak of peaks)
        table.push([
          peak.style,
          peak.available ? significant(peak.gmacs) : "–",
          peak.available ? PEAK_STYLES[peak.style] : `unavailable: ${peak.reason}`,
        ]);
      print(trimLines(table.toString()));
    });
}
