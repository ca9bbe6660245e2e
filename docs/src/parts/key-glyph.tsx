import { keyGlyph, markOf, type Standing } from "../marks/index.ts";
import { usePageContext } from "./page-context.ts";

interface KeyGlyphProps {
  readonly backend: string;
  readonly standing?: Standing;
}

/** The line and shape of a backend. Its name must stand beside it. */
export function KeyGlyph({ backend, standing = "competes" }: KeyGlyphProps) {
  const { document } = usePageContext();
  const html = keyGlyph(document, markOf(backend), standing).outerHTML;
  return <span class="glyph" dangerouslySetInnerHTML={{ __html: html }} />;
}
