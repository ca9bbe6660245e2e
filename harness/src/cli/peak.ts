import { Command } from "commander";
import { captureEnvironment } from "../environment/environment.ts";
import { projectFolder } from "../folders.ts";
import { measureReads } from "../peak/measure-reads.ts";
import { measurePeaks } from "../peak/peak.ts";
import { renderPeaks } from "../peak/render-peaks.ts";
import { renderReads } from "../peak/render-reads.ts";
import { EXIT } from "./exit.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { print, printJson } from "./output.ts";

export function peakCommand(): Command {
  return addFormats(new Command("peak"))
    .description(
      "This machine's reachable multiply–adds per second on one thread, for each execution style, and bytes read from cache and memory: the best of many short samples.",
    )
    .action(async ({ json }: FormatOptions) => {
      const machine = await captureEnvironment(projectFolder());
      const peaks = await measurePeaks();
      const memoryReads = await measureReads(machine);
      if (json) printJson({ unit: "1e9 multiply-adds per second, one thread", peaks, memoryReads });
      else print(`${renderPeaks(peaks)}\n\n${renderReads(memoryReads)}`);
      if (peaks.some((peak) => !peak.available && peak.fault)) process.exitCode = EXIT.wrong;
    });
}
