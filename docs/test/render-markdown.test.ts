import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../build/render-markdown.ts";

const keep = (href: string) => href;

describe("a document", () => {
  it("has its headings under the names that GitHub gives them, each once", () => {
    const { html, ids, title } = renderMarkdown(
      "# `mnb` and its *runs*\n\n## Two runs\n\n## Two runs\n",
      keep,
    );
    expect(title).toBe("mnb and its runs");
    expect([...ids]).toEqual(["mnb-and-its-runs", "two-runs", "two-runs-1"]);
    expect(html).toContain('<h2 id="two-runs-1">Two runs</h2>');
  });

  it("is told by its first paragraph", () => {
    expect(renderMarkdown("# A\n\nOne\n_line_ of `it`.\n\nMore.", keep).summary).toBe("One line of it.");
  });

  it("holds no HTML of its text's, and no link that is a script", () => {
    const { html } = renderMarkdown(
      "<script>x</script>\n\n[go](javascript:alert(1)) <b onclick=x>b</b>",
      keep,
    );
    expect(html).not.toMatch(/<script|<b |href="javascript/);
    expect(html).toContain("&lt;script&gt;");
  });

  it("leaves out the marks of what is renewed by scripts", () => {
    expect(renderMarkdown("a\n\n<!-- rules: begin -->\n\nb\n", keep).html).not.toContain("rules");
  });

  it("has tables that keys can scroll", () => {
    const { html } = renderMarkdown("| a | b |\n| - | - |\n| 1 | 2 |\n", keep);
    expect(html).toMatch(
      /^<div class="scroll" role="region" tabindex="0" aria-label="Table 1"><table>[^]*<\/table><\/div>\n$/,
    );
  });

  it("has columns of figures by their class, and no style of its own", () => {
    const { html } = renderMarkdown("| a | b |\n| - | -: |\n| 1 | 2 |\n", keep);
    expect(html).toContain('<th class="number">b</th>');
    expect(html).toContain('<td class="number">2</td>');
    expect(html).not.toContain("style");
  });

  it("has code that keys can scroll", () => {
    const { html } = renderMarkdown("```sh\n./mnb run\n```\n\n    indented\n", keep);
    expect(html.match(/<pre tabindex="0">/g)).toHaveLength(2);
    expect(html).toContain("./mnb run");
  });

  it("names sources that are no part of the site, and links to what is", () => {
    const resolve = (href: string) => (href.endsWith(".md") ? `../${href}` : undefined);
    const { html } = renderMarkdown("[code](../results/src/fit.ts) and [method](method.md)", resolve);
    expect(html).toContain('<span class="source" title="results/src/fit.ts">code</span>');
    expect(html).toContain('<a href="../method.md">method</a>');
  });
});
