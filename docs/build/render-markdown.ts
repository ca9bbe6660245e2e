import MarkdownIt, { type Token } from "markdown-it";

/** A document of the project as a page. */
interface RenderedMarkdown {
  /** Its first heading. */
  readonly title: string;
  /** The words of its first paragraph. */
  readonly summary: string;
  /** Markup that holds no HTML of the text's own. */
  readonly html: string;
  /** Of its headings. */
  readonly ids: ReadonlySet<string>;
}

/** Where a link of a document leads; undefined where it is to something that is no part of the site. */
type ResolveLink = (href: string) => string | undefined;

/** Marks between which scripts renew parts of a document. */
const COMMENT = /<!--[^]*?-->\n?/g;

/**
 * Markdown as HTML. Headings have the ids that GitHub gives them, so links into pages hold here and there; HTML in the
 * text stays text.
 */
export function renderMarkdown(text: string, resolve: ResolveLink): RenderedMarkdown {
  const markdown = new MarkdownIt({ html: false });
  let tables = 0;
  markdown.renderer.rules["table_open"] = () =>
    `<div class="scroll" role="region" tabindex="0" aria-label="Table ${++tables}"><table>\n`;
  markdown.renderer.rules["table_close"] = () => "</table></div>\n";
  // What may be wider than its place is reached by a keyboard.
  for (const rule of ["fence", "code_block"]) {
    const render = markdown.renderer.rules[rule];
    markdown.renderer.rules[rule] = (...given) =>
      (render?.(...given) ?? "").replace(/^<pre/, '<pre tabindex="0"');
  }
  const env = {};
  const tokens = markdown.parse(text.replaceAll(COMMENT, ""), env);
  const ids = new Set<string>();
  for (const [i, token] of tokens.entries()) {
    if (token.type === "heading_open") {
      const id = uniqueId(slugOf(wordsOf(tokens[i + 1])), ids);
      ids.add(id);
      token.attrSet("id", id);
    }
    alignByClass(token);
    for (const child of linksIn(token)) resolveLink(child, resolve);
  }
  return {
    title: wordsAfter(tokens, "heading_open"),
    summary: wordsAfter(tokens, "paragraph_open"),
    html: markdown.renderer.render(tokens, markdown.options, env),
    ids,
  };
}

/** As GitHub makes it: small letters, hyphens for spaces, no punctuation. */
function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

function uniqueId(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  for (let n = 1; ; n++) if (!taken.has(`${slug}-${n}`)) return `${slug}-${n}`;
}

/** The policy of pages allows no style in an attribute: columns of figures have the class that they have in other tables. */
function alignByClass(token: Token): void {
  const style = String(token.attrGet("style") ?? "");
  if (style === "") return;
  token.attrs = (token.attrs ?? []).filter(([name]) => name !== "style");
  if (style === "text-align:right") token.attrSet("class", "number");
}

/** Each beginning of a link with its end. */
function linksIn({ children }: Token): (readonly [open: Token, close: Token | undefined])[] {
  const inline = children ?? [];
  return inline.flatMap((token, i) => {
    if (token.type !== "link_open") return [];
    // Links do not nest.
    const close = inline.slice(i).find(({ type }) => type === "link_close");
    return [[token, close] as const];
  });
}

/** What leads out of the site, into the sources, is named and no link. */
function resolveLink([open, close]: readonly [Token, Token | undefined], resolve: ResolveLink): void {
  const href = String(open.attrGet("href") ?? "");
  const target = resolve(href);
  if (target !== undefined) {
    open.attrSet("href", target);
    return;
  }
  open.tag = "span";
  open.attrs = [
    ["class", "source"],
    ["title", href.replace(/^(\.\.\/)+/, "")],
  ];
  if (close !== undefined) close.tag = "span";
}

function wordsAfter(tokens: readonly Token[], type: string): string {
  return wordsOf(tokens[tokens.findIndex((token) => token.type === type) + 1]);
}

/** Of an inline token, without its marks. */
function wordsOf(token: Token | undefined): string {
  const parts = token?.children ?? [];
  return parts
    .map(({ type, content }) => (type === "softbreak" || type === "hardbreak" ? " " : content))
    .join("");
}
