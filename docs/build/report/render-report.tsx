import { PageContextProvider } from "../../src/parts/page-context.ts";
import { headlineOf } from "../../src/pages/headline.ts";
import { readClientBundle } from "../client-bundle.ts";
import { pageDocument } from "./page-document.ts";
import { reportDocument } from "./report-document.tsx";
import { ReportRun } from "./report-run.tsx";
import { REPORT_STYLE } from "./report-style.ts";
import { runData, type ReportedRun, type RunData } from "./run-data.ts";

/** To so many, cells have sections and charts of their own: more would not fit an e-mail. */
export const MOST_CHARTED_CELLS = 12;

/** How a report is made. */
export interface ReportOptions {
  /** ISO 8601, UTC. */
  readonly builtAt: string;
  /** All styles of pages; those that were built with the package, where none are given. */
  readonly style?: string;
}

/**
 * One self-contained file of HTML of one run or several, in the given order: every chart and table is in it, drawn; it needs no
 * network, no script and no other file.
 * @throws SiteError where the styles are not built
 */
export async function renderReport(
  runs: readonly ReportedRun[],
  { builtAt, style }: ReportOptions,
): Promise<string> {
  const all = await Promise.all(runs.map(runData));
  const sheet = `${style ?? (await readClientBundle()).style}${REPORT_STYLE}`;
  const cells = all.reduce((sum, data) => sum + data.cells.length, 0);
  const title = titleOf(all);
  const body = (
    // Nothing in it leads elsewhere.
    <PageContextProvider value={{ root: "", document: pageDocument() }}>
      <main>
        <h1>{title}</h1>
        {all.map((data, i) => (
          <ReportRun
            key={data.run.id}
            data={data}
            prefix={`run-${i + 1}`}
            withCells={cells <= MOST_CHARTED_CELLS}
          />
        ))}
        <footer>
          <p class="facts">
            Made by mobilenet-bench on {builtAt.slice(0, 16).replace("T", " ")} UTC, from the{" "}
            {all.length === 1 ? "run file" : "run files"} named above.
          </p>
        </footer>
      </main>
    </PageContextProvider>
  );
  return reportDocument({ title, description: descriptionOf(all), style: sheet, body });
}

function titleOf(all: readonly RunData[]): string {
  return all.length === 1 ? "MobileNet V1: a run" : `MobileNet V1: ${all.length} runs`;
}

/** What lists and previews of files show. */
function descriptionOf(all: readonly RunData[]): string {
  return all.map(({ latest }) => headlineOf(latest.cells, latest).title).join(". ");
}
