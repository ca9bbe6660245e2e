/** The namespace of every element of a drawing. */
const SVG = "http://www.w3.org/2000/svg";

/**
 * Has equal shapes of the data drawn once and then by reference, where that is shorter: for files that hold many drawings. What
 * they look like stays the same.
 * @param prefix of ids, unique in the document
 */
export function shareShapes(drawing: Element, prefix: string): void {
  const shapes = [...drawing.querySelectorAll(".data *")].filter(({ childNodes }) => childNodes.length === 0);
  const groups = Map.groupBy(shapes, ({ outerHTML }) => outerHTML);
  let ids = 0;
  for (const [markup, [first, ...others]] of groups) {
    if (first === undefined || first.hasAttribute("id")) continue;
    const id = `${prefix}-${ids}`;
    // The reference and the id have a price, too.
    const saved = others.length * (markup.length - reference(id).length) - ` id="${id}"`.length;
    if (saved <= 0) continue;
    ids++;
    first.setAttribute("id", id);
    for (const other of others) {
      const use = drawing.ownerDocument.createElementNS(SVG, "use");
      use.setAttribute("href", `#${id}`);
      other.replaceWith(use);
    }
  }
}

function reference(id: string): string {
  return `<use href="#${id}" />`;
}
