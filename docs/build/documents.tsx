import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PageName } from "../src/state/links.ts";
import { PACKAGE_FOLDER } from "./package-folder.ts";
import { rootFrom, type SitePage } from "./page-renderer.tsx";
import { renderMarkdown } from "./render-markdown.ts";

/** Documents that have a page of their own in the header; all others lie under `documents/`. */
const OWN: ReadonlyMap<string, PageName> = new Map([
  ["method", "method"],
  ["glossary", "glossary"],
]);
/** Tells how the package is made, not the project. */
const NOT_SHOWN = "README";

/** Every document of the project as a page, and the page that lists them. */
export async function documentPages(folder = PACKAGE_FOLDER): Promise<SitePage[]> {
  const names = (await readdir(folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.slice(0, -".md".length))
    .filter((name) => name !== NOT_SHOWN)
    .toSorted();
  const documents = await Promise.all(names.map((name) => documentOf(folder, name, new Set(names))));
  return [indexOf(documents), ...documents.map(({ page }) => page)];
}

interface DocumentPage {
  readonly page: SitePage;
  readonly summary: string;
}

async function documentOf(folder: string, name: string, names: ReadonlySet<string>): Promise<DocumentPage> {
  const text = await readFile(join(folder, `${name}.md`), "utf8");
  const path = documentPath(name);
  const { title, summary, html } = renderMarkdown(text, (href) => linkFrom(path, href, names));
  const own = OWN.get(name);
  return {
    summary,
    page: {
      path,
      title,
      description: summary,
      current: own ?? "documents",
      exact: own !== undefined,
      content: <article class="document" dangerouslySetInnerHTML={{ __html: html }} />,
    },
  };
}

/** From the root of the site. */
function documentPath(name: string): string {
  return OWN.has(name) ? `${name}/` : `documents/${name}/`;
}

/** Links to other documents and within one hold; those to sources lead out of the site. */
function linkFrom(path: string, href: string, names: ReadonlySet<string>): string | undefined {
  if (href.startsWith("#") || /^https?:/.test(href)) return href;
  const [, name = "", fragment = ""] = /^(?:\.\/)?([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
  return names.has(name) ? `${rootFrom(path)}${documentPath(name)}${fragment}` : undefined;
}

function indexOf(documents: readonly DocumentPage[]): SitePage {
  const path = "documents/";
  return {
    path,
    title: "Documents",
    description: "How figures come to be, what they mean, and how the project is built.",
    current: "documents",
    content: (
      <>
        <h1>Documents</h1>
        <ul class="documents">
          {documents.map(({ page, summary }) => (
            <li key={page.path}>
              <a href={rootFrom(path) + page.path}>{page.title}</a>
              <p>{summary}</p>
            </li>
          ))}
        </ul>
      </>
    ),
  };
}
