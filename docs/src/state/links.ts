import type { SiteState } from "./site-state.ts";
import { writeQuery } from "./query.ts";

/** Pages of the site, in the order of the header. `path` is from the root, with its last slash. */
export const PAGES = [
  { name: "overview", path: "", title: "Overview" },
  { name: "table", path: "table/", title: "Table" },
  { name: "choose", path: "choose/", title: "Choose" },
  { name: "method", path: "method/", title: "Method" },
  { name: "glossary", path: "glossary/", title: "Glossary" },
  { name: "documents", path: "documents/", title: "Documents" },
] as const;

/** A page of the header. */
export type PageName = (typeof PAGES)[number]["name"];

/** Pages that the reader's own choices hold on, and that are drawn again when these change. */
export const LIVE_PAGES = ["overview", "table", "choose"] as const;
/** One of {@link LIVE_PAGES}. */
export type LivePage = (typeof LIVE_PAGES)[number];

/** From a page whose root is `root` to another, with the reader's choices. */
export function pageLink(root: string, name: PageName, state?: SiteState): string {
  const path = PAGES.find((page) => page.name === name)?.path ?? "";
  return `${root}${path}${state === undefined ? "" : writeQuery(state)}`;
}
