import { rowId } from "@mobilenet-bench/results";
import { xmlText } from "@mobilenet-bench/results/harmless";
import { isChecked } from "./check-cell.ts";
import { describeFailure, isWrong, reasonsOf, type Judged } from "./failures.ts";
import { figuresOf, KINDS } from "./figures.ts";

/**
 * As CI systems read it: one suite per backend, target and options, one case per cell. A mismatch is a failure, a
 * process that died an error, what cannot be had is skipped with its reason.
 */
export async function renderJUnit(verdicts: readonly Judged[]): Promise<string> {
  // Large: the other forms should not wait for it.
  const { create } = await import("xmlbuilder2");
  const document = create({ version: "1.0", encoding: "UTF-8" });
  const root = document.ele("testsuites", { name: "mnb check", ...counts(verdicts) });
  for (const [id, members] of Map.groupBy(verdicts, ({ cell }) => rowId(cell))) {
    const suite = root.ele("testsuite", { name: id, ...counts(members) });
    for (const verdict of members) {
      const { model } = verdict.cell;
      const test = suite.ele("testcase", { name: verdict.cell.id, classname: `${id}.${model}` });
      const properties = Object.entries(propertiesOf(verdict));
      if (properties.length > 0) {
        const list = test.ele("properties");
        for (const [name, value] of properties) list.ele("property", { name, value: xmlText(value) });
      }
      const message = xmlText(reasonsOf(verdict)[0] ?? "");
      if (verdict.status === "unsupported")
        test.ele("skipped", { message: xmlText(reasonsOf(verdict).join(" ")) });
      else if (isWrong(verdict))
        test
          .ele(isChecked(verdict) ? "failure" : "error", { type: verdict.status, message })
          .txt(xmlText(describeFailure(verdict)));
    }
  }
  return document.end({ prettyPrint: true });
}

function counts(verdicts: readonly Judged[]) {
  const wrong = verdicts.filter(isWrong);
  const failures = wrong.filter(isChecked).length;
  return {
    tests: verdicts.length,
    failures,
    errors: wrong.length - failures,
    skipped: verdicts.filter(({ status }) => status === "unsupported").length,
  };
}

function propertiesOf(verdict: Judged): Record<string, string> {
  if (!isChecked(verdict)) return {};
  const { largest, lowestSnr } = figuresOf(verdict);
  const { logits, bits, layers } = verdict;
  return {
    ...Object.fromEntries(
      KINDS.flatMap((kind) => {
        const figure = largest[kind];
        if (!figure) return [];
        const layer = figure.layer === undefined ? [] : [[`${kind}.layer`, figure.layer]];
        return [[`${kind}.worstFraction`, String(figure.value)], ...layer];
      }),
    ),
    ...(lowestSnr && { "snr.lowestDb": lowestSnr.value.toFixed(2) }),
    "layers.checked": String(layers.comparisons.length),
    "top1.same": String(logits.top1.same),
    "top5.same": String(logits.top5.same),
    "bits.differ": bits.differ.join(" ") || "no",
    "bits.digest": bits.digests.join(" "),
  };
}
