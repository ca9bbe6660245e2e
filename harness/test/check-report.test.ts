import { stripVTControlCharacters } from "node:util";
import { execaSync } from "execa";
import { SaxesParser } from "saxes";
import { beforeAll, describe, expect, it } from "vitest";
import { checkCells } from "../src/check/check-cells.ts";
import { describeFailure, type Judged } from "../src/check/failures.ts";
import { renderJson } from "../src/check/json.ts";
import { renderJUnit } from "../src/check/junit.ts";
import { renderMarkdown } from "../src/check/markdown.ts";
import { renderText } from "../src/check/text.ts";
import { reproduce } from "../src/check/reproduce.ts";
import { rowsOf } from "../src/check/rows.ts";
import { type Target } from "../src/target/target.ts";
import { RunnerDied } from "@mobilenet-bench/runner";
import { shifted, targetOf, wrongBackend } from "./support/wrong-backends.ts";
import type { PlannedCell } from "../src/plan/cell.ts";
import { planned } from "./support/planned.ts";

const MODELS = ["mobilenet_v1_0.1_32_shallow", "mobilenet_v1_0.1_33_shallow"];
const dead = "\u001B[31mIt <died> & said ]]> \u0000\u001B[39m";

/** One target for each way in which a check may end; cells of `node` and `chrome` are told apart by their bits. */
const targets = {
  node: targetOf(wrongBackend(() => ({}))),
  chrome: targetOf(
    wrongBackend((session, { resolution }) => ({
      inferLayer: async (name, input) => {
        const output = await session.inferLayer!(name, input);
        // [16, 16, 8]: row 0, column 15, channel 2.
        if (name === "Conv2d_0" && resolution === 32) output[15 * 8 + 2] = NaN;
        return output;
      },
      infer: (input) => shifted(session.infer(input), 998, 1e-7),
    })),
    "chrome",
  ),
};

function cellOf(model: string, on: Target, target = on.id, threads = 1) {
  return planned(`${model}/ts/${target}?threads=${threads}`, on);
}

async function check(cells: readonly PlannedCell[]): Promise<Judged[]> {
  return checkCells({
    cells,
    jobs: 2,
    inputs: { seed: 1 },
    given: {},
    signal: new AbortController().signal,
    onVerdict: () => {},
  });
}

let verdicts: Judged[];
beforeAll(async () => {
  const dying: Target = { ...targets.node, open: () => Promise.reject(new RunnerDied("crash", dead)) };
  const refusing: Target = {
    ...targets.node,
    availability: () => Promise.resolve({ available: false, reason: "No <GPU>.", remedy: "Plug one in." }),
  };
  const all = (on: Target, target?: string) => MODELS.map((model) => cellOf(model, on, target));
  verdicts = [
    ...(await check(all(targets.node))),
    ...(await check(all(targets.chrome))),
    ...(await check([cellOf(MODELS[0]!, dying, "node", 2)])),
    ...(await check(all(refusing, "firefox"))),
  ];
});

describe("rows", () => {
  it("count what is ok among what can be had, and compare bits across targets", () => {
    expect(rowsOf(verdicts)).toMatchObject([
      {
        id: "ts/node",
        ok: 2,
        checked: 2,
        unsupported: 0,
        bitsDiffer: [],
        top1: { same: 2, agree: 2, of: 2 },
      },
      { id: "ts/chrome", ok: 1, checked: 2, unsupported: 0, bitsDiffer: ["batch", "target"] },
      { id: "ts/node?threads=2", ok: 0, checked: 1, unsupported: 0, top5: { same: 0, agree: 0, of: 0 } },
      { id: "ts/firefox", ok: 0, checked: 0, unsupported: 2 },
    ]);
    expect(rowsOf(verdicts)[2]).not.toHaveProperty("bitsDiffer");
  });

  it("compare bits across thread counts", async () => {
    const one = await check([cellOf(MODELS[0]!, targets.node)]);
    const other = targetOf(
      wrongBackend((session) => ({ infer: (input) => shifted(session.infer(input), 0, 1e-7) })),
    );
    const two = await check([cellOf(MODELS[0]!, other, "node", 2)]);
    // Whichever was checked first, the one with more threads differs.
    for (const order of [
      [...one, ...two],
      [...two, ...one],
    ])
      expect(Object.fromEntries(rowsOf(order).map(({ id, bitsDiffer }) => [id, bitsDiffer]))).toEqual({
        "ts/node": [],
        "ts/node?threads=2": ["batch", "threads"],
      });
  });
});

describe("the text", () => {
  it("fits 80 columns as far as reasons let it, and has no colours unless asked for", () => {
    const text = renderText(verdicts, { color: false, columns: 80 });
    expect(stripVTControlCharacters(renderText(verdicts.slice(0, 4), { color: true, columns: 80 }))).toBe(
      renderText(verdicts.slice(0, 4), { color: false, columns: 80 }),
    );
    const [matrix = "", legend = "", places = ""] = text.split("\n\n");
    for (const line of [matrix, legend, places].flatMap((block) => block.split("\n")))
      expect(line.length).toBeLessThanOrEqual(80);
    expect(places.split("\n")).toHaveLength(1 + 2 * 4);
    const wide = renderText(verdicts, { color: false, columns: 200 }).split("\n\n")[2] ?? "";
    expect(wide.split("\n")).toHaveLength(1 + 2);
    expect(matrix).toMatch(/^ts +2\/2 /m);
    expect(matrix).toMatch(/^ts chrome +1\/2 .* batch, target$/m);
    expect(text).toContain("! ts/firefox: No <GPU>. Plug one in. (2 cells)");
    expect(text).toContain("✗ mobilenet_v1_0.1_32_shallow/ts/node?threads=2: crash");
    expect(text).toContain("  It <died> & said ]]> \u{FFFD}");
  });

  it("tells a failure in full", () => {
    const wrong = verdicts.find(({ status }) => status === "mismatch");
    expect(describeFailure(wrong!)).toMatchInlineSnapshot(`
      "Layer Conv2d_0 is wrong (fed) at [0, 15, 2]: NaN, expected 1.1383001252160645 ± 6.70e-6.

      channel 2                x 14      x 15
      y 0        expected  2.182960  1.138300
                 actual    2.182960       NaN
      y 1        expected  2.152337  1.422238
                 actual    2.152337  1.422238

      at [0, 15]                  c 0       c 1       c 2  c 3       c 4
                  expected  0.9659717  3.180823  1.138300    6  1.809057
                  actual    0.9659716  3.180823       NaN    6  1.809057

      Reproduce: ./mnb check mobilenet_v1_0.1_32_shallow/ts/chrome --seed 1"
    `);
  });
});

describe("Markdown", () => {
  it("has the matrix, every cell and every failure", () => {
    const text = renderMarkdown(verdicts);
    expect(text.split("\n")[0]).toMatch(/^\| backend +\| +ok \|/);
    for (const { cell } of verdicts) expect(text).toContain(cell.id);
    expect(text).toContain("- `ts/firefox: No <GPU>. Plug one in. (2 cells)`");
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    expect(text.match(/^### /gm)).toHaveLength(2);
  });
});

describe("JSON", () => {
  it("has all figures of all cells, and names what JSON has no number for", () => {
    const { seed, matrix, cells } = JSON.parse(renderJson(verdicts, 1));
    expect(seed).toBe(1);
    expect(matrix).toHaveLength(4);
    expect(cells).toHaveLength(verdicts.length);
    const wrong = cells.find(({ status }: { status: string }) => status === "mismatch");
    expect(wrong).toMatchObject({
      id: "mobilenet_v1_0.1_32_shallow/ts/chrome",
      reproduce: "./mnb check mobilenet_v1_0.1_32_shallow/ts/chrome --seed 1",
      layers: { first: { layer: "Conv2d_0", mode: "fed", position: [0, 15, 2], actual: "NaN" } },
    });
    expect(wrong.layers.comparisons[0]).toMatchObject({ maxAbsError: "Infinity", worstFraction: "Infinity" });
    expect(wrong.layers.comparisons.length).toBeGreaterThan(30);
    expect(cells[0].logits.snrDb).toBeGreaterThan(100);
    expect(cells[0]).not.toHaveProperty("reasons");
  });
});

describe("JUnit", () => {
  it("is well-formed whatever a process said, with one case per cell and its verdict", async () => {
    const found = parse(await renderJUnit(verdicts));
    const named = (name: string) => found.filter((element) => element.name === name);
    expect(named("testsuites")[0]?.attributes).toEqual({
      name: "mnb check",
      tests: "7",
      failures: "1",
      errors: "1",
      skipped: "2",
    });
    expect(named("testsuite").map(({ attributes }) => attributes["name"])).toEqual([
      "ts/node",
      "ts/chrome",
      "ts/node?threads=2",
      "ts/firefox",
    ]);
    expect(named("testcase").map(({ attributes }) => attributes["name"])).toEqual(
      verdicts.map(({ cell }) => cell.id),
    );
    expect(named("skipped")[0]?.attributes).toEqual({ message: "No <GPU>. Plug one in." });
    expect(named("failure")[0]?.text).toContain("Reproduce: ./mnb check ");
    expect(named("failure")[0]?.attributes["type"]).toBe("mismatch");
    expect(named("error")[0]?.attributes).toEqual({
      type: "crash",
      message: "It <died> & said ]]> \u{FFFD}",
    });
    const properties = Object.fromEntries(
      named("property").map(({ attributes }) => [attributes["name"], attributes["value"]]),
    );
    expect(Number(properties["fed.worstFraction"])).toBeGreaterThan(0);
    expect(properties["fed.layer"]).toMatch(/^(Conv2d_|AvgPool)/);
  });
});

describe("the command that reproduces a cell", () => {
  const cell = { id: "mobilenet_v1_0.25_32/ts/node?simd=wide&threads=2" };

  it.skipIf(process.platform === "win32")("reaches the program word by word", () => {
    const command = reproduce(
      cell,
      {
        seed: 7,
        image: "my cat's photo.png",
        weights: "$HOME/a.onnx",
        browserArgs: ["--a=b", "--c"],
        headed: true,
      },
      "linux",
    );
    expect(command.startsWith("./mnb check ")).toBe(true);
    const { stdout } = execaSync("sh", ["-c", `printf '%s\\n' ${command}`]);
    expect(stdout.split("\n").slice(1)).toEqual([
      "check",
      cell.id,
      "--seed",
      "7",
      "--image",
      "my cat's photo.png",
      "--weights",
      "$HOME/a.onnx",
      "--browser-args=--a=b --c",
      "--headed",
    ]);
  });

  it("is short where nothing needs quotes, and has its own form on Windows", () => {
    expect(reproduce({ id: "a_1.0_224/ts/node" }, { seed: 1 }, "linux")).toBe(
      "./mnb check a_1.0_224/ts/node --seed 1",
    );
    expect(reproduce(cell, { seed: 1, image: "C:\\cat.png" }, "win32")).toBe(
      `node mnb check "${cell.id}" --seed 1 --image C:\\cat.png`,
    );
  });
});

interface Found {
  readonly name: string;
  readonly attributes: Record<string, string>;
  text: string;
}

/** @throws Error where the text is no well-formed XML */
function parse(xml: string): Found[] {
  const found: Found[] = [];
  const open: Found[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: Found = { name, attributes, text: "" };
    found.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on("closetag", () => void open.pop());
  parser.write(xml).close();
  return found;
}
