import { dayOf } from "@mobilenet-bench/results";
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
  const several = all.length > 1;
  const body = (
    // Nothing in it leads elsewhere.
    <PageContextProvider value={{ root: "", document: pageDocument(), medium: "report" }}>
      <main>
        {several && <h1>{all.length} runs of MobileNet V1</h1>}
        {all.map((data, i) => (
          <ReportRun
            key={data.run.id}
            data={data}
            prefix={`run-${i + 1}`}
            level={several ? 2 : 1}
            withCells={cells <= MOST_CHARTED_CELLS}
          />
        ))}
      </main>
      <footer class="site-footer">
        <p>
          Made by mobilenet-bench on {builtAt.slice(0, 16).replace("T", " ")} UTC from the{" "}
          {several ? "run files" : "run file"} named above. It needs no network.
        </p>
      </footer>
    </PageContextProvider>
  );
  return reportDocument({ title: titleOf(all), description: descriptionOf(all), style: sheet, body });
}

/** As lists of files and mails show it: of what, where and when. */
function titleOf(all: readonly RunData[]): string {
  const runs = all.map(({ latest: { machine, runs: of } }) =>
    [machine.title, ...of.slice(0, 1).map(({ startedAt }) => dayOf(startedAt))].join(", "),
  );
  return `MobileNet V1 latency: ${[...new Set(runs)].join("; ")}`;
}

/** What previews of files show. */
function descriptionOf(all: readonly RunData[]): string {
  return all.map(({ latest }) => headlineOf(latest.cells, latest).title).join(". ");
}
