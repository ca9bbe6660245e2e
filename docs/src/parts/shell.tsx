import type { ComponentChildren } from "preact";
import { PAGES, pageLink, type PageName } from "../state/links.ts";
import { usePageContext } from "./page-context.ts";

interface ShellProps {
  /** The page of the header that this one is, or lies under. */
  readonly current?: PageName;
  /** Whether this is that page itself. */
  readonly exact: boolean;
  /** ISO 8601, UTC. */
  readonly builtAt: string;
  readonly children: ComponentChildren;
}

/** What every page has around its content. */
export function Shell({ current, exact, builtAt, children }: ShellProps) {
  const { root } = usePageContext();
  return (
    <>
      <a class="skip" href="#main">
        To the content
      </a>
      <header class="site-header">
        <a class="site-name" href={root}>
          mobilenet-bench
        </a>
        <nav aria-label="Pages">
          <ul>
            {PAGES.map(({ name, title }) => (
              <li key={name}>
                <a
                  href={pageLink(root, name)}
                  aria-current={name === current ? (exact ? "page" : "true") : undefined}
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
        <noscript>
          <p class="no-script">
            Filters, sorting and copying need a script. Every figure is on these pages without one.
          </p>
        </noscript>
      </main>
      <footer class="site-footer">
        <p>
          What MobileNet's mult-adds are worth in milliseconds. Built {builtAt.slice(0, 16).replace("T", " ")}{" "}
          UTC from published runs; nothing on this site is fetched from elsewhere.
        </p>
      </footer>
      <div id="live" class="visually-hidden" aria-live="polite" />
    </>
  );
}
