import { contentPolicy } from "./policy.ts";

/** One page. */
interface HtmlDocument {
  readonly title: string;
  /** One sentence, for those who list pages. */
  readonly description: string;
  /** From the page to the root of the site. */
  readonly root: string;
  readonly style: string;
  /** From the root. */
  readonly script: string;
  /** Markup that was rendered: all text in it is escaped. */
  readonly body: string;
}

/** All of a file of HTML. The policy comes first: it holds for what follows it. */
export function htmlDocument({ title, description, root, style, script, body }: HtmlDocument): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(contentPolicy(style))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<meta name="description" content="${escaped(description)}">
<link rel="icon" href="data:,">
<style>${style}</style>
<script type="module" src="${escaped(root + script)}"></script>
</head>
<body>
${body}
</body>
</html>
`;
}

/** JSON that stands in a script element: nothing in it ends the element or begins a comment. */
export function jsonForHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", String.raw`\u003c`);
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
