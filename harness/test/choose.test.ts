import { choose, type Cell, type Run } from "@mobilenet-bench/results";
import { describe, expect, it } from "vitest";
import { renderChoiceCsv } from "../src/choose/choice-csv.ts";
import { renderChoiceJson } from "../src/choose/choice-json.ts";
import { renderChoiceMarkdown } from "../src/choose/choice-markdown.ts";
import { renderChoiceText } from "../src/choose/choice-text.ts";
import { storedCells } from "../src/choose/stored-cells.ts";
import { failedCell, okCell } from "./cells.ts";
import { runOf } from "./runs.ts";
import { callMnb } from "./support/call-mnb.ts";

const CELLS: readonly Cell[] = [
  okCell("mobilenet_v1_1.0_224", "ort-node", 11.7),
  okCell("mobilenet_v1_1.0_224", "tfjs-node", 19.7),
  okCell("mobilenet_v1_1.0_192", "wasm", 16),
  failedCell("mobilenet_v1_1.0_224", "webgpu", "There is no adapter."),
];

function onMachine(machine: string, day: number, cells: readonly Cell[] = CELLS): Run {
  const run = runOf(cells, { id: `run-${day}`, startedAt: `2026-01-0${day}T03:04:05.000Z` });
  return { ...run, environment: { ...run.environment, machine } };
}

function reportOn(runs: readonly Run[], latencyMs: number) {
  const from = storedCells(runs);
  return { choice: choose(from.cells, { latencyMs }), from, filteredOut: 0 };
}

describe("stored figures", () => {
  it("are those of the machine of the newest run, or of the one that is named", () => {
    const runs = [onMachine("abc", 1), onMachine("def", 2, CELLS.slice(0, 1))];
    expect(storedCells(runs)).toMatchObject({
      machine: "def",
      title: "Test CPU with 2 cores on KVM",
      runs: 1,
      otherMachines: ["abc"],
    });
    expect(storedCells(runs).cells).toHaveLength(1);
    expect(storedCells(runs, "a").cells).toHaveLength(CELLS.length);
  });

  it("cannot be had of an unknown machine, of several, or of none", () => {
    const runs = [onMachine("abc", 1), onMachine("abd", 2)];
    expect(() => storedCells(runs, "xyz")).toThrow(/"xyz". Use abc, abd/);
    expect(() => storedCells(runs, "ab")).toThrow(/several. Use abc, abd/);
    expect(() => storedCells([])).toThrow(/no stored run/);
  });
});

describe("the answer", () => {
  const report = reportOn([onMachine("abc", 1)], 20);

  it("is a sentence, the offers that it names, and what it was chosen from", () => {
    const text = renderChoiceText(report, { columns: 80, color: false });
    expect(text.replaceAll("\n", " ")).toContain("Within 20 ms: 1.0_224 on ort-node, 11.7 ms");
    expect(text).toMatch(/^may miss +1\.0_224 +tfjs-node +70\.9/m);
    expect(text).toMatch(/^runner-up +1\.0_192 +wasm +70\.0/m);
    expect(text).toContain("Test CPU with 2 cores on KVM (machine abc)");
    expect(text).toContain("left out: 1 without a figure (unsupported)");
    expect(text).toContain("mobilenet_v1.md");
  });

  it("fits a narrow terminal, with its notes beneath", () => {
    const narrow = renderChoiceText(report, { columns: 80, color: false }).split("\n");
    const isAddress = (line: string) => line.startsWith("(https:");
    for (const line of narrow.filter((one) => !isAddress(one))) expect(line.length).toBeLessThanOrEqual(80);
    expect(narrow).toContain("may miss: its interval crosses the budget");
    const wide = renderChoiceText(report, { columns: Infinity, color: false });
    expect(wide).toMatch(/^may miss .* its interval crosses the budget$/m);
  });

  it("says of which machines there are runs besides", () => {
    const two = reportOn([onMachine("abc", 1), onMachine("def", 2)], 20);
    const words = "not looked at: runs of abc (--machine chooses one)";
    expect(renderChoiceText(two, { columns: 80, color: false })).toContain(words);
    expect(renderChoiceText(report, { columns: 80, color: false })).not.toContain("not looked at");
    expect(renderChoiceMarkdown(two)).toContain("runs of abc");
    expect(JSON.parse(renderChoiceJson(two)).otherMachines).toEqual(["abc"]);
  });

  it("is the same in Markdown", () => {
    const markdown = renderChoiceMarkdown(report);
    expect(markdown.split("\n").filter((line) => line.startsWith("|"))).toHaveLength(2 + 3);
    expect(markdown).toContain("](https://github.com/tensorflow/models/");
  });

  it("is the same as CSV, a record for each offer, in full precision", () => {
    const [titles = "", ...records] = renderChoiceCsv(report).split("\n");
    expect(titles).toMatch(/^role,id,.*,top1_percent,.*,budget_ms,budget_bytes,run,machine,accuracy_source$/);
    expect(records.map((record) => record.split(",")[0])).toEqual(["best", "may miss", "runner-up"]);
    expect(records[0]).toContain(",mobilenet_v1_1.0_224,ort-node,node,,70.9,float,11.7,");
    for (const record of records) expect(record).toMatch(/,20,,run-1,abc,https:\S+$/);
  });

  it("is the same as JSON, with all that was chosen among", () => {
    const json = JSON.parse(renderChoiceJson(report));
    expect(json.named.map(({ role, id }: { role: string; id: string }) => [role, id])).toEqual([
      ["best", "mobilenet_v1_1.0_224/ort-node/node"],
      ["may miss", "mobilenet_v1_1.0_224/tfjs-node/node"],
      ["runner-up", "mobilenet_v1_1.0_192/wasm/node"],
    ]);
    expect(json.offers).toHaveLength(3);
    expect(json.leftOut).toEqual([{ why: "without a figure (unsupported)", cells: 1 }]);
  });

  it("names the nearest where nothing fits, and says where there is nothing at all", () => {
    const none = reportOn([onMachine("abc", 1)], 1);
    expect(renderChoiceText(none, { columns: 80, color: false })).toMatch(/^nearest +1\.0_224 +ort-node/m);
    const empty = reportOn([onMachine("abc", 1, CELLS.slice(3))], 1);
    expect(renderChoiceText(empty, { columns: 80, color: false })).toContain("nothing can be chosen");
    expect(renderChoiceMarkdown(empty)).not.toContain("|");
    expect(renderChoiceCsv(empty).split("\n")).toHaveLength(1);
  });

  it("takes no text of a run file for markup, and lets none act", () => {
    const evil = "\u001B[2J<script>|\n\u202E";
    const cell = { ...okCell("1.0_224", "wasm", 3), backend: evil };
    const hostile = reportOn([onMachine(evil, 1, [cell])], 20);
    const text = renderChoiceText(hostile, { columns: 80, color: false });
    for (const acting of ["\u001B", "\u202E"]) expect(text).not.toContain(acting);
    expect(renderChoiceMarkdown(hostile).replaceAll(/`[^`]*`/g, "")).not.toContain("<script");
    expect(JSON.parse(renderChoiceJson(hostile)).machine).toBe(evil);
  });
});

describe("mnb choose", () => {
  const RUN = "2026-11-22-1206c8248664";

  it("answers from a published run", async () => {
    const { stdout, exitCode } = await callMnb(["choose", RUN, "--budget", "20ms", "--json"]);
    expect(exitCode).toBe(0);
    const { named } = JSON.parse(stdout);
    expect(named[0]).toMatchObject({ role: "best", id: "mobilenet_v1_1.0_224/ort-node/node", top1: 70.9 });
    expect(named[1]).toMatchObject({ role: "may miss", id: "mobilenet_v1_1.0_224/tfjs-node/node" });
  });

  it("takes sizes and filters, and says with its status that nothing fits", async () => {
    const small = await callMnb(["choose", RUN, "--size", "2MB", "--backend", "wasm", "--json"]);
    expect(JSON.parse(small.stdout).named[0]).toMatchObject({ id: "mobilenet_v1_0.25_224/wasm/node" });
    const none = await callMnb(["choose", RUN, "--budget", "0.1ms"]);
    expect(none.exitCode).toBe(1);
    expect(none.stdout).toContain("nearest is 0.25_128 on ort-node");
  });

  it("refuses what limits nothing, and what is no limit", async () => {
    for (const words of [
      [],
      ["--budget", "fast"],
      ["--budget", "20"],
      ["--size", "0"],
      ["--budget", "20ms", "--machine", "xyz"],
    ])
      expect((await callMnb(["choose", RUN, ...words])).exitCode).toBe(2);
  });
});
