import type { Comparison } from "@mobilenet-bench/results";
import { xmlText } from "@mobilenet-bench/results/harmless";
import { changedLayers, jobsOf, layerText } from "./live-words.ts";

/**
 * As CI systems read it, a case for each cell: confirmed `slower` is a failure, a side that failed an error; what cannot
 * be had, or came to no verdict, is skipped with its reason.
 */
export async function renderLiveJUnit(comparison: Comparison): Promise<string> {
  // Large: the other forms should not wait for it.
  const { create } = await import("xmlbuilder2");
  const { cells, base, candidate } = comparison;
  const name = `${candidate.word} against ${base.word}`;
  const counts = {
    tests: cells.length,
    failures: cells.filter((cell) => cell.status === "compared" && cell.outcome === "slower").length,
    errors: cells.filter(({ status }) => status !== "compared" && status !== "unsupported").length,
    skipped: cells.filter(isSkipped).length,
  };
  const document = create({ version: "1.0", encoding: "UTF-8" });
  const suite = document
    .ele("testsuites", { name: "mnb compare", ...counts })
    .ele("testsuite", { name: xmlText(name), ...counts });
  for (const cell of cells) {
    const test = suite.ele("testcase", { name: cell.id, classname: xmlText(name) });
    if (cell.status !== "compared") {
      const message = xmlText(`${cell.side}: ${cell.reason}`);
      test.ele(cell.status === "unsupported" ? "skipped" : "error", { type: cell.status, message });
      continue;
    }
    const properties = test.ele("properties");
    const { first, second, q, outcome } = cell;
    const values = { outcome, ratio: first.ratio, q, ...(second && { "second.ratio": second.ratio }) };
    for (const [key, value] of Object.entries(values))
      properties.ele("property", { name: key, value: String(value) });
    const text = jobsOf(cell).join("\n");
    if (outcome === "slower") {
      const layers = changedLayers(cell).map((layer) => `${layer.name}: ${layerText(layer)}`);
      test
        .ele("failure", { type: "slower", message: xmlText(jobsOf(cell)[0] ?? "") })
        .txt(xmlText([text, ...layers].join("\n")));
    } else if (isSkipped(cell)) test.ele("skipped", { message: xmlText(text) });
    else test.ele("system-out").txt(xmlText(text));
  }
  return document.end({ prettyPrint: true });
}

function isSkipped(cell: Comparison["cells"][number]): boolean {
  if (cell.status !== "compared") return cell.status === "unsupported";
  return cell.outcome === "unknown" || cell.outcome === "unconfirmed";
}
