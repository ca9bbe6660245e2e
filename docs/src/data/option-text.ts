import type { CellKey } from "@mobilenet-bench/results";

/** `threads=2&simd=wide` as options, as cell ids are read: digits alone are a number. */
export function readOptions(text: string): CellKey["options"] {
  if (text === "") return {};
  return Object.fromEntries(
    text.split("&").map((pair) => {
      const [name = "", value = ""] = pair.split("=");
      return [name, /^\d+$/.test(value) ? Number(value) : value];
    }),
  );
}
