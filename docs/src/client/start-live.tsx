import { hydrate, render, type FunctionComponent } from "preact";
import type { MachineChoice } from "../data/facts.ts";
import { z } from "../data/zod.ts";
import type { PageProps } from "../parts/page-props.ts";
import { LIVE_PAGES, type LivePage } from "../state/links.ts";
import { readQuery } from "../state/query.ts";
import { Live } from "./live.tsx";
import { dataPath, latestLoader } from "./load-latest.ts";
import { showFailure } from "./show-failure.ts";

/** Each page is a script of its own. */
const LOADERS: Readonly<Record<LivePage, () => Promise<FunctionComponent<PageProps>>>> = {
  overview: async () => (await import("../pages/overview.tsx")).Overview,
  table: async () => (await import("../pages/table.tsx")).Table,
  choose: async () => (await import("../pages/choose.tsx")).Choose,
};

const machinesSchema = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    os: z.string(),
    cores: z.number(),
    peak: z.exactOptional(z.object({ style: z.string(), gmacs: z.number() })),
    newest: z.exactOptional(z.string()),
  }),
);

/** Brings a page to life; until its figures are there, and where they cannot be had, it stays as it was built. */
export async function startLive(element: HTMLElement): Promise<void> {
  const { page = "", root = "./", machine: usual = "" } = element.dataset;
  const name = LIVE_PAGES.find((one) => one === page);
  if (name === undefined) return;
  const load = latestLoader(root, (input) => fetch(input));
  const { state } = readQuery(location.search);
  const firstPath = dataPath(state, usual);
  const built = [...element.childNodes];
  try {
    const [Page, first] = await Promise.all([LOADERS[name](), load(firstPath)]);
    const live = (
      <Live
        page={Page}
        root={root}
        machines={machinesIn(element.ownerDocument)}
        usual={usual}
        load={load}
        first={first}
        firstPath={firstPath}
      />
    );
    // What was built is the page of an address that says nothing; of any other one it is another page.
    if (location.search === "") hydrate(live, element);
    else {
      element.replaceChildren();
      render(live, element);
    }
    element.dataset["live"] = "";
  } catch (error) {
    element.replaceChildren(...built);
    showFailure(element, error, () => void startLive(element));
  }
}

function machinesIn(document: Document): readonly MachineChoice[] {
  const text = document.getElementById("machines")?.textContent ?? "[]";
  return machinesSchema.parse(JSON.parse(text));
}
