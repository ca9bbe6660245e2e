/** Filters that open above the page close where the reader goes elsewhere, by pointer or key, and at Escape. */
export function closeChoices(document: Document): void {
  const leave = ({ target }: Event) => {
    for (const choice of document.querySelectorAll<HTMLDetailsElement>("details.choice[open]"))
      if (!(target instanceof Node && choice.contains(target))) choice.open = false;
  };
  document.addEventListener("pointerdown", leave);
  document.addEventListener("focusin", leave);
  document.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape" || !(target instanceof Element)) return;
    const choice = target.closest<HTMLDetailsElement>("details.choice[open]");
    if (choice === null) return;
    choice.open = false;
    choice.querySelector("summary")?.focus();
  });
}
