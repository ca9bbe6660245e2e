/** The namespace of every element of a drawing. */
const SVG = "http://www.w3.org/2000/svg";

/** Of an element; what is undefined is left out, numbers are rounded to hundredths of a pixel. */
type Attributes = Readonly<Record<string, string | number | undefined>>;
/** Elements, and texts as text nodes; undefined is left out. */
export type Children = readonly (SVGElement | string | undefined)[];

/** Makes one element with its attributes and children. */
export type Pen = <Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes?: Attributes,
  children?: Children,
) => SVGElementTagNameMap[Name];

/** Draws in a document. */
export function penOf(document: Document): Pen {
  return (name, attributes = {}, children = []) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes))
      if (value !== undefined) element.setAttribute(key, typeof value === "number" ? rounded(value) : value);
    element.append(...children.filter((child) => child !== undefined));
    return element;
  };
}

/**
 * A length or a coordinate as attributes have it.
 * @throws RangeError where it is none: a browser would leave the element out and say nothing
 */
export function rounded(value: number): string {
  if (!Number.isFinite(value))
    throw new RangeError(`[docs] ${value} is no place in a drawing. This is a bug; please report it.`);
  return String(Math.round(value * 100) / 100);
}

/** The transform of a datum. */
export function at(x: number, y: number): string {
  return `translate(${rounded(x)} ${rounded(y)})`;
}

/** A line through points, as `d` of a path; empty below two of them. */
export function pathOf(points: readonly (readonly [x: number, y: number])[]): string {
  if (points.length < 2) return "";
  return `M${points.map(([x, y]) => `${rounded(x)} ${rounded(y)}`).join("L")}`;
}
