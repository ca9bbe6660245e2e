import Table from "cli-table3";

/** Columns apart by two spaces and nothing else: the figures are the picture. */
export function plainTable(colAligns: readonly ("left" | "right")[]) {
  const none = { top: "", "top-mid": "", "top-left": "", "top-right": "" };
  const bottom = { bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" };
  const middle = {
    mid: "",
    "mid-mid": "",
    "left-mid": "",
    "right-mid": "",
    left: "",
    right: "",
    middle: "  ",
  };
  return new Table({
    chars: { ...none, ...bottom, ...middle },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colAligns: [...colAligns],
  });
}

export function trimLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
