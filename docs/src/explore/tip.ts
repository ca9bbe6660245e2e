import type { Datum } from "./plot.ts";

/** In CSS pixels, between a datum and its tip. */
const GAP = 14;

/** What a datum says, beside it: of nodes alone, above whatever lies in its way. */
export class Tip {
  readonly #element: HTMLElement;

  constructor(document: Document) {
    this.#element = document.createElement("div");
    this.#element.className = "tip";
    this.#element.hidden = true;
    // What it says is spoken by the live region.
    this.#element.setAttribute("aria-hidden", "true");
    document.body.append(this.#element);
  }

  show({ facts, element, x, y }: Datum, hint: string | undefined): void {
    const { ownerDocument: document } = this.#element;
    const list = document.createElement("dl");
    for (const [title, value] of facts) {
      const [term, meaning] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = title;
      meaning.textContent = value;
      list.append(term, meaning);
    }
    this.#element.replaceChildren(list, ...(hint === undefined ? [] : [hint]));
    this.#element.hidden = false;
    // Not beside all of the datum: its words may lie at the edges of the drawing.
    const { left = 0, top = 0 } = element.ownerSVGElement?.getBoundingClientRect() ?? {};
    this.#place(left + x, top + y);
  }

  hide(): void {
    this.#element.hidden = true;
  }

  /** Beside a place in the window, on the side that has room. */
  #place(x: number, y: number): void {
    const { innerWidth, innerHeight, scrollX, scrollY } = window;
    const { width, height } = this.#element.getBoundingClientRect();
    const beside = x + GAP + width <= innerWidth ? x + GAP : Math.max(4, x - GAP - width);
    const beneath = Math.max(4, Math.min(y, innerHeight - height - 4));
    this.#element.style.setProperty("left", `${beside + scrollX}px`);
    this.#element.style.setProperty("top", `${beneath + scrollY}px`);
  }
}
