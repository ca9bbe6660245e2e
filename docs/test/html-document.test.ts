import { createHash } from "node:crypto";
import { parseHTML } from "linkedom";
import { expect, it } from "vitest";
import { htmlDocument, jsonForHtml } from "../build/html-document.ts";
import { rootFrom } from "../build/page-renderer.tsx";

const PAGE = {
  title: `<b>"A" & B</b>`,
  description: "what it is",
  root: "../",
  style: ":root { --a: #fff; }",
  script: "assets/main.js",
  body: "<main></main>",
};

it("allows the one style that it has, and no string as a script", () => {
  const { document } = parseHTML(htmlDocument(PAGE));
  const policy = document.querySelector("meta[http-equiv]")?.getAttribute("content") ?? "";
  const style = document.querySelector("style")?.textContent ?? "";
  expect(style).toBe(PAGE.style);
  expect(policy).toContain(`style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
});

it("has its policy before whatever it is to hold for", () => {
  const html = htmlDocument(PAGE);
  expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.search(/<style|<script|<link/));
});

it("has its title as text", () => {
  expect(htmlDocument(PAGE)).toContain("<title>&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;</title>");
});

it("holds data that cannot end its element", () => {
  const data = { name: "</script><!-- <script>" };
  const text = jsonForHtml(data);
  expect(text).not.toContain("<");
  expect(JSON.parse(text)).toEqual(data);
});

it.each([
  ["", "./"],
  ["table/", "../"],
  ["cell/a/b/c/", "../../../../"],
])("from /%s to the root is %s", (path, root) => {
  expect(rootFrom(path)).toBe(root);
});
