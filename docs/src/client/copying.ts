import { copyText } from "../parts/copy-text.ts";

/** One listener for every button that copies, on pages that are drawn again as on those that never are. */
export function listenForCopying(document: Document): void {
  document.addEventListener("click", ({ target }) => {
    const button =
      target instanceof Element ? target.closest<HTMLElement>("[data-copy], [data-copy-link]") : null;
    if (button !== null) void copyText(button, textOf(button));
  });
}

function textOf({ dataset }: HTMLElement): string {
  const { copy, copyLink = "" } = dataset;
  return copy ?? new URL(location.pathname + copyLink, location.href).href;
}
