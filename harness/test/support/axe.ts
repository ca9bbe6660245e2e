import axe from "axe-core";
import type { Page } from "puppeteer";
import { z } from "zod";

const resultsSchema = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.string().nullish(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
    }),
  ),
  passes: z.array(z.object({ id: z.string() })),
});

/** What must have been looked at, for a page without findings to say something. */
export const MUST_HAVE_RUN = ["color-contrast", "svg-img-alt", "heading-order", "target-size"];

const OPTIONS = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations", "passes"],
};

/** Serious and critical findings in a page, and the rules that passed. Put in by the debugger, so the policy of the page stays. */
export async function findingsOf(page: Page): Promise<{ serious: string[]; passed: string[] }> {
  await page.evaluate(axe.source);
  const results = resultsSchema.parse(await page.evaluate(`axe.run(document, ${JSON.stringify(OPTIONS)})`));
  const serious = results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`,
    );
  return { serious, passed: results.passes.map(({ id }) => id) };
}
