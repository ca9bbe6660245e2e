import { isCursorKey, moveCursor, nearestSpot } from "./cursor.ts";
import { openDatum } from "./open-datum.ts";
import { dataOf, type Datum } from "./plot.ts";
import { speaker } from "./speaker.ts";
import { tiesOf } from "./ties.ts";
import { Tip } from "./tip.ts";

/** In CSS pixels: as large as the smallest target may be. */
const REACH = 24;

/** What is pointed at, and what it ties with. */
interface Pointed {
  readonly plot: Element;
  readonly datum: Datum;
  readonly ties: readonly Datum[];
}

/**
 * One cursor for all drawings of a page, moved by pointer or arrow keys: a tip beside the datum, the same words for those who
 * hear them, Enter opens, Escape clears. It listens to the page as a whole, so it need not know when drawings change.
 */
export function explore(document: Document): void {
  const tip = new Tip(document);
  const speak = speaker(document);
  let pointed: Pointed | undefined;

  const clear = () => {
    pointed?.datum.element.classList.remove("pointed");
    for (const { element } of pointed?.ties ?? []) element.classList.remove("tied");
    pointed = undefined;
    tip.hide();
  };
  const point = (plot: Element, data: readonly Datum[], datum: Datum, how: "keys" | "pointer") => {
    if (pointed?.datum.element === datum.element) return;
    clear();
    pointed = { plot, datum, ties: tiesOf(datum, data) };
    datum.element.classList.add("pointed");
    for (const { element } of pointed.ties) element.classList.add("tied");
    tip.show(datum, plot.hasAttribute("data-opens") ? "Enter opens" : undefined);
    if (how === "keys") speak(datum.facts.map((fact) => fact.join(" ")).join(", "));
  };

  document.addEventListener("keydown", (event) => {
    const plot = plotAt(event.target);
    if (plot === undefined) return;
    const { key } = event;
    if (key === "Escape") return clear();
    if (key === "Enter" && pointed?.plot === plot) return openDatum(document, plot, pointed.datum.key);
    if (!isCursorKey(key) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const data = dataOf(plot);
    const current = data.findIndex(({ element }) => element === pointed?.datum.element);
    const next = moveCursor(data, current < 0 ? undefined : current, key);
    const datum = next === undefined ? undefined : data[next];
    if (datum) point(plot, data, datum, "keys");
  });
  document.addEventListener("focusout", clear);

  document.addEventListener("pointermove", (event) => {
    const plot = plotAt(event.target);
    const data = plot ? dataOf(plot) : [];
    const datum = plot && datumAt(plot, data, event);
    if (plot && datum) point(plot, data, datum, "pointer");
    // A tip of the keys stays while the pointer rests elsewhere.
    else if (pointed && !pointed.plot.contains(document.activeElement)) clear();
  });
  document.addEventListener("click", (event) => {
    const plot = plotAt(event.target);
    const datum = plot && datumAt(plot, dataOf(plot), event);
    if (plot && datum) openDatum(document, plot, datum.key);
  });
}

function plotAt(target: EventTarget | null): Element | undefined {
  return target instanceof Element ? (target.closest(".plot") ?? undefined) : undefined;
}

/** The nearest within reach of a pointer. */
function datumAt(plot: Element, data: readonly Datum[], { clientX, clientY }: MouseEvent): Datum | undefined {
  const svg = plot.querySelector("svg");
  if (!svg) return undefined;
  const { left, top } = svg.getBoundingClientRect();
  const nearest = nearestSpot(data, { x: clientX - left, y: clientY - top }, REACH);
  return nearest === undefined ? undefined : data[nearest];
}
