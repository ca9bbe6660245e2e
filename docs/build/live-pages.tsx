import type { FunctionComponent } from "preact";
import type { MachineChoice } from "../src/data/facts.ts";
import type { Latest } from "../src/data/latest.ts";
import { Choose } from "../src/pages/choose.tsx";
import { NoRuns } from "../src/pages/no-runs.tsx";
import { Overview } from "../src/pages/overview.tsx";
import { Table } from "../src/pages/table.tsx";
import type { PageProps } from "../src/parts/page-props.ts";
import { LIVE_PAGES, PAGES, type LivePage } from "../src/state/links.ts";
import { DEFAULT_STATE } from "../src/state/site-state.ts";
import { jsonForHtml } from "./html-document.ts";
import { rootFrom, type SitePage } from "./page-renderer.tsx";

const CONTENT: Readonly<
  Record<LivePage, { readonly page: FunctionComponent<PageProps>; readonly description: string }>
> = {
  overview: {
    page: Overview,
    description: "Latency of MobileNet V1 against its mult-adds, on every backend.",
  },
  table: { page: Table, description: "Every published figure: sorted, filtered, grouped, to be copied." },
  choose: { page: Choose, description: "Which MobileNet on which backend, within a budget of time or size." },
};

/**
 * The pages that answer to the reader, as they are before anybody has set anything.
 * @param latest absent where nothing is published: then they say so
 */
export function livePages(latest: Latest | undefined, machines: readonly MachineChoice[]): SitePage[] {
  return LIVE_PAGES.map((name) => {
    const { page: Page, description } = CONTENT[name];
    const { path = "", title = "" } = PAGES.find((one) => one.name === name) ?? {};
    return {
      path,
      title: path === "" ? "" : title,
      description,
      current: name,
      content:
        latest === undefined ? (
          <NoRuns />
        ) : (
          <>
            <div id="page" data-page={name} data-root={rootFrom(path)} data-machine={latest.machine.id}>
              <Page latest={latest} machines={machines} state={DEFAULT_STATE} change={nothing} />
            </div>
            <script
              id="machines"
              type="application/json"
              dangerouslySetInnerHTML={{ __html: jsonForHtml(machines) }}
            />
          </>
        ),
    };
  });
}

/** Without a script, nothing is pressed. */
function nothing() {}
