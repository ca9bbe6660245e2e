import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import { PageContextProvider } from "../src/parts/page-context.ts";
import { Shell } from "../src/parts/shell.tsx";
import type { PageName } from "../src/state/links.ts";
import type { ClientBundle } from "./client-bundle.ts";
import { htmlDocument } from "./html-document.ts";

/** One page before it is HTML. */
export interface SitePage {
  /** Of its folder, from the root, with the last slash; empty for the first page. A name with an ending is a file. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly current?: PageName;
  readonly exact?: boolean;
  /** Where it stands, where that is not told by its path. */
  readonly root?: string;
  readonly content: ComponentChildren;
}

/** What all pages of a site share. */
export interface PageFrame {
  readonly bundle: ClientBundle;
  /** Of linkedom: charts are drawn in it. */
  readonly document: Document;
  readonly builtAt: string;
}

/** `../../` for `table/all/`, `./` for the first page. */
export function rootFrom(path: string): string {
  const depth = path.split("/").length - 1;
  return depth === 0 ? "./" : "../".repeat(depth);
}

/** A page as the text of its file. */
export function renderPage(page: SitePage, { bundle, document, builtAt }: PageFrame): string {
  const { path, title, description, current, exact = true, root = rootFrom(path), content } = page;
  const body = renderToString(
    <PageContextProvider value={{ root, document }}>
      <Shell exact={exact} builtAt={builtAt} {...(current !== undefined && { current })}>
        {content}
      </Shell>
    </PageContextProvider>,
  );
  return htmlDocument({
    title: title === "" ? "mobilenet-bench" : `${title} · mobilenet-bench`,
    description,
    root,
    style: bundle.style,
    script: bundle.entry,
    body,
  });
}
