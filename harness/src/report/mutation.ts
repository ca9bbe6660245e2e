import { basename, join, relative } from "node:path";
import { groupOf, isCheckFault } from "@mobilenet-bench/backend/faults";
import { isFine, type Result } from "@mobilenet-bench/mutation";
import pc from "picocolors";
import { projectFolder } from "../folders.ts";
import { duration, howMany } from "@mobilenet-bench/results";
import { jsonText, terminalLine } from "@mobilenet-bench/results/harmless";
import { plainTable, trimLines } from "./table.ts";

const TITLES: Readonly<Record<string, string>> = {
  ts: "ts: pure TypeScript",
  wasm: "wasm: WebAssembly SIMD",
  webgpu: "webgpu: WGSL, on Dawn",
  check: "check: the comparison itself",
};

/** The list of faults and what became of each: for people, 80 columns wide. */
export function renderText(results: readonly Result[], milliseconds: number, color: boolean): string {
  const colors = pc.createColors(color);
  const groups = [...Map.groupBy(results, ({ fault }) => groupOf(fault))].map(
    ([group, members]) => `${colors.bold(TITLES[group] ?? group)}\n${table(members, colors)}`,
  );
  const wrong = results
    .filter(({ outcome }) => !isFine(outcome))
    .map(({ fault, outcome, found, reason }) =>
      colors.red(terminalLine(`✗ ${fault.id}: ${outcome}. ${fault.why}. Found: ${found}. ${reason ?? ""}`)),
    );
  const left = Map.groupBy(
    results.filter(({ outcome }) => outcome === "unsupported"),
    ({ reason }) => reason,
  );
  const skipped = [...left].map(([reason, { length }]) =>
    colors.yellow(terminalLine(`! ${length} of these cannot be tried here. ${reason}`)),
  );
  return [...groups, ...wrong, ...skipped, summary(results, milliseconds)].join("\n\n");
}

/** Every fault with its outcome, and the counts; files by their path in the project. */
export function renderJson(results: readonly Result[], milliseconds: number): string {
  const faults = results.map(({ fault, outcome, found, reason }) => ({
    id: fault.id,
    why: fault.why,
    outcome,
    found,
    ...(reason !== undefined && { reason }),
    ...(isCheckFault(fault)
      ? { control: fault.control }
      : { kind: fault.kind, cell: fault.cell, layer: fault.layer, mode: fault.mode }),
    files: fault.edits?.map(({ file }) => join(relative(projectFolder(), fault.folder), "src", file)) ?? [],
  }));
  const count = (of: string) => results.filter(({ outcome }) => outcome === of).length;
  const value = {
    faults,
    tried: results.length - count("unsupported"),
    caught: count("caught"),
    milliseconds,
  };
  return jsonText(value);
}

function summary(results: readonly Result[], milliseconds: number): string {
  const counts = [...Map.groupBy(results, ({ outcome }) => outcome)].map(
    ([outcome, { length }]) => `${length} ${outcome}`,
  );
  return `${howMany(results.length, "fault")}: ${counts.join(", ")}. ${duration(milliseconds)}.`;
}

function table(results: readonly Result[], colors: ReturnType<typeof pc.createColors>): string {
  const ofCheck = results.some(({ fault }) => isCheckFault(fault));
  const rows = plainTable(["left", "left", "left", "left", "left", "left"]);
  rows.push(
    (ofCheck
      ? ["", "fault", "in", "control", "noticed by", ""]
      : ["", "fault", "in", "must name", "shows", "named"]
    ).map((title) => colors.dim(title)),
  );
  for (const result of results) rows.push(row(result, colors));
  return trimLines(rows.toString());
}

function row({ fault, outcome, found }: Result, colors: ReturnType<typeof pc.createColors>): string[] {
  const paint = outcome === "caught" ? colors.green : outcome === "unsupported" ? colors.dim : colors.red;
  const mark = outcome === "caught" ? "✓" : outcome === "unsupported" ? "–" : "✗";
  const name = fault.id.slice(groupOf(fault).length + 1);
  const head = [paint(mark), name, placeOf(fault.edits)];
  const shown = outcome === "caught" || outcome === "misnamed" ? terminalLine(short(found)) : outcome;
  return isCheckFault(fault)
    ? [...head, fault.control, paint(shown), ""]
    : [...head, short(fault.layer), fault.mode, paint(shown)];
}

/** The file that the fault is in; without one it is made through the contract. */
function placeOf(edits: Result["fault"]["edits"]): string {
  const [edit] = edits ?? [];
  return edit ? basename(edit.file, ".ts") : "contract";
}

/** `3_pointwise`; what would be a bare number keeps its name. */
function short(text: string): string {
  return text.replace(/^Conv2d_(?=\d+_)/, "");
}
