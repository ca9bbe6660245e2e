import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import { sourceHash } from "../policy.ts";

/** One file that needs no other. */
export interface ReportDocument {
  readonly title: string;
  readonly description: string;
  readonly style: string;
  readonly body: ComponentChildren;
}

/**
 * All of the file. It has no script at all: mail previews and viewers of artifacts strip those, and nothing in it needs one. Its
 * policy allows the one style that stands in it, and no request.
 */
export function reportDocument({ title, description, style, body }: ReportDocument): string {
  const policy = [
    "default-src 'none'",
    `style-src ${sourceHash(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const html = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <meta name="description" content={description} />
        <link rel="icon" href="data:," />
        {/* Of this project's own style sheets: no text of a run is in it. */}
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>{body}</body>
    </html>,
  );
  return `<!doctype html>\n${html}\n`;
}
