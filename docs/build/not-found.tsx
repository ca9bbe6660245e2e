import { NotFound } from "../src/pages/not-found.tsx";
import type { SitePage } from "./page-renderer.tsx";

/**
 * The page that hosts answer with where there is none.
 * @param base where the site lies on its host, with both slashes: such an answer stands at any address, so its links cannot start
 * from there. Without it they start from the page's folder, which is right at the top of a site alone.
 */
export function notFoundPage(base = "./"): SitePage {
  return {
    path: "404.html",
    title: "Not found",
    description: "There is no such page.",
    root: base,
    content: <NotFound />,
  };
}
