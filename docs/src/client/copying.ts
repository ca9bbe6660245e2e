import { say } from "../explore/say.ts";

/** One listener for every button that copies, on pages that are drawn again as on those that never are. */
export function listenForCopying(document: Document): void {
  document.addEventListener("click", ({ target }) => {
    const button =
      target instanceof Element ? target.closest<HTMLElement>("[data-copy], [data-copy-link]") : null;
    if (button === null) return;
    const text = textOf(button);
    navigator.clipboard.writeText(text).then(
      () => say(document, "Copied."),
      // Without the right to: shown, so that it can be copied by hand.
      () => say(document, `It could not be copied: ${text}`),
    );
  });
}

function textOf({ dataset }: HTMLElement): string {
  const { copy, copyLink = "" } = dataset;
  return copy ?? new URL(location.pathname + copyLink, location.href).href;
}
