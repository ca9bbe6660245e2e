/** Takes from a drawing what only a script reads: which datum is which, and what it may share its rank with. */
export function withoutData(drawing: Element): void {
  for (const datum of drawing.querySelectorAll("[data-datum]"))
    for (const { name } of Array.from(datum.attributes))
      if (name.startsWith("data-")) datum.removeAttribute(name);
}
