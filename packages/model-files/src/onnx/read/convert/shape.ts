import { isOfPlane, reshaped, sizeOf, type Axis, type Layout } from "../layout.ts";
import { rangeOf } from "../fold/shapes.ts";
import { isPermutation } from "../fold/strided.ts";
import { integersOf, type Size } from "../value.ts";
import { as, axesOf, other, type Converted, type Converter } from "./node-view.ts";

export const identity: Converter = ({ position }) =>
  position === 0 ? as({ type: "identity" }) : other("an operation whose first input is no activation");

/** In terms of NHWC it changes nothing: the layout says where the axes have gone. */
export const transposition: Converter = ({ attributes, layout }) => {
  const named = attributes.ints("perm") ?? [];
  const order = named.length > 0 ? named : [...layout.keys()].toReversed();
  return isPermutation(order, layout.length)
    ? as(
        { type: "identity" },
        order.map((index) => layout[index]!),
      )
    : other(`a transposition of ${layout.length} axes in the order [${order.slice(0, 8).join(", ")}]`);
};

/** The same elements along other axes: it changes nothing in terms of NHWC while the axes stay apart from each other. */
function regrouped(layout: Layout): Converted {
  const isClean = layout.every((factors) => factors.length < 2 || factors.every(isOfPlane));
  return as({ type: isClean ? "identity" : "reshape" }, layout);
}

/** All axes up to one, and all from it on. */
export const flatten: Converter = ({ attributes, layout }) => {
  const axis = attributes.int("axis", 1);
  const at = axis < 0 ? axis + layout.length : axis;
  return regrouped([layout.slice(0, at).flat(), layout.slice(at).flat()]);
};

export const reshape: Converter = ({ attributes, inputs, layout, position }) => {
  const shape = attributes.has("shape") ? attributes.ints("shape") : sizesOf(inputs[1]);
  if (position !== 0 || !shape) return other("a reshape to a shape that depends on the input");
  const keepsZeros = attributes.int("allowzero", 0) !== 0;
  const wanted = shape.map((size, index): Size => {
    return size === 0 && !keepsZeros ? sizeOf(layout[index] ?? []) : size;
  });
  const result = reshaped(layout, wanted);
  if (!result) return other("a reshape to a shape that depends on the input, or that it has not");
  const isCut = result.flat().some(({ counts }) => counts === "other");
  if (!isCut) return regrouped(result);
  const sizes = result.map(sizeOf).map((size) => (typeof size === "number" ? size : null));
  return as({ type: "reshape", shape: sizes }, result);
};

function sizesOf(value: Parameters<typeof integersOf>[0]): readonly Size[] | undefined {
  return value?.type === "integers" ? value.values : undefined;
}

/** Axes of size 1 go: those that are named, or all. */
export const squeeze: Converter = (node) => {
  const { layout, isGiven, attributes } = node;
  const isNamed = attributes.has("axes") || isGiven(1);
  const axes = isNamed ? axesOf(node, 1, layout.length) : undefined;
  if (isNamed && !axes) return other("a squeeze of axes that are no constants");
  const left = layout.filter((factors, index) => (axes ? !axes.includes(index) : factors.length > 0));
  const gone = axes?.some((index) => layout[index]?.length !== 0);
  return gone ? other("a squeeze of axes that are not 1 long") : regrouped(left);
};

export const unsqueeze: Converter = (node) => {
  const { layout } = node;
  const count = axesOf(node, 1, 0)?.length ?? 0;
  const rank = layout.length + count;
  const added = new Set(axesOf(node, 1, rank));
  const isValid =
    count > 0 && added.size === count && [...added].every((index) => index >= 0 && index < rank);
  if (!isValid) return other("an expansion along axes that are no constants");
  const axes = layout.values();
  return regrouped(
    Array.from({ length: rank }, (_, index): Axis => (added.has(index) ? [] : (axes.next().value ?? []))),
  );
};

/** Of all elements of an axis in their order, as what makes another memory format leaves; or of the only one. */
export const gather: Converter = ({ attributes, inputs, layout, position }) => {
  const [, value] = inputs;
  const indices = integersOf(value);
  const axis = attributes.int("axis", 0);
  const at = axis < 0 ? axis + layout.length : axis;
  const factors = layout[at];
  const size = factors && sizeOf(factors);
  const isAll =
    indices?.length === size &&
    indices?.every((index, place) => index === place || index === place - indices.length);
  if (position !== 0 || value?.type !== "integers" || !isAll)
    return other("a selection of some elements of an axis, or in another order");
  const axes = reshaped([factors ?? []], value.shape);
  return axes ? regrouped(layout.toSpliced(at, 1, ...axes)) : other("a selection in a shape of its own");
};

/** Everything, as a slice takes that is computed for any size. */
export const slice: Converter = (node) => {
  const { attributes, inputs, layout, position } = node;
  const named = (name: string, input: number) =>
    attributes.has(name) ? attributes.ints(name) : integersOf(inputs[input]);
  const [starts, ends, steps] = [named("starts", 1), named("ends", 2), named("steps", 4)];
  const axes = axesOf(node, 3, layout.length) ?? starts?.map((_, index) => index);
  const isWhole = axes?.every((axis, index) => {
    const size = layout[axis] && sizeOf(layout[axis]);
    const [start, end, step] = [starts?.[index], ends?.[index], steps?.[index] ?? 1];
    if (start === undefined || end === undefined || step !== 1) return false;
    // Of an axis whose size is open, all that can be told is that it starts at the first and does not end.
    if (typeof size !== "number") return size !== undefined && start === 0 && end >= 2 ** 31 - 1;
    return rangeOf(size, start, end, step).count === size;
  });
  return position === 0 && isWhole
    ? as({ type: "identity" })
    : other("a slice that takes a part of the image or of its channels");
};

/** To the shape that it has, or one with axes of size 1 in front. */
export const expand: Converter = ({ inputs, layout, position }) => {
  const sizes = sizesOf(inputs[1]);
  if (position !== 0 || !sizes) return other("an expansion to a shape that depends on the input");
  const added = Math.max(0, sizes.length - layout.length);
  const result: Layout = [...Array.from({ length: added }, () => []), ...layout];
  const isSame = sizes.every((size, index) => {
    const own = sizeOf(result[index + result.length - sizes.length]!);
    return size === 1 || (size !== null && size === own);
  });
  return isSame ? regrouped(result) : other("an expansion that repeats values");
};
