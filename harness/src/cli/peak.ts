import { Command } from "commander";
import { measurePeaks } from "../peak/peak.ts";
import { renderPeaks } from "../peak/render-peaks.ts";
import { EXIT } from "./exit.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { print, printJson } from "./output.ts";

export function peakCommand(): Command {
  return addFormats(new Command("peak"))
    .description(
      "This machine's reachable multiply–adds per second on one thread, for each execution style: the best of many short samples.",
    )
    .action(async ({ json }: FormatOptions) => {
      const peaks = await measurePeaks();
      if (json) printJson({ unit: "1e9 multiply-adds per second, one thread", peaks });
      else print(renderPeaks(peaks));
      if (peaks.some((peak) => !peak.available && peak.fault)) process.exitCode = EXIT.wrong;
    });
}
