import { describe, expect, it } from "vitest";
import { parseTokens, resolveColours } from "../../src/style/tokens.ts";
import { pageDocument } from "../support/page-document.ts";

const CSS = `
:root { --page: #ffffff; --family-ours: #2860f5; --text-12: 0.75rem; }
@media screen and (prefers-color-scheme: dark) { :root { --page: #14171c; --family-ours: #7280ff; } }
`;

describe("parseTokens", () => {
  it("reads the colours of both schemes and nothing else", () => {
    const { light, dark } = parseTokens(CSS);
    expect([...light]).toEqual([
      ["page", "#ffffff"],
      ["family-ours", "#2860f5"],
    ]);
    expect(dark.get("page")).toBe("#14171c");
  });

  it("refuses a colour that one scheme alone has", () => {
    expect(() => parseTokens(CSS.replace("--family-ours: #7280ff;", ""))).toThrow("family-ours");
    expect(() => parseTokens(":root { --page: #ffffff; }")).toThrow("not the same colours");
  });
});

describe("resolveColours", () => {
  it("leaves no token in a drawing, on its root neither", () => {
    const document = pageDocument();
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("fill", "var(--page)");
    path.setAttribute("stroke", "var(--family-ours)");
    path.setAttribute("d", "M0 0L1 1");
    svg.append(path);
    resolveColours(svg, parseTokens(CSS).dark);
    expect(svg.outerHTML).not.toContain("var(");
    expect(path.getAttribute("stroke")).toBe("#7280ff");
    expect(path.getAttribute("d")).toBe("M0 0L1 1");
  });

  it("names a token that there is not", () => {
    const svg = pageDocument().createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("fill", "var(--nowhere)");
    expect(() => resolveColours(svg, parseTokens(CSS).light)).toThrow("--nowhere");
  });
});
