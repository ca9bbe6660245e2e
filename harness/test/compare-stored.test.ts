import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Block, Cell, OkCell, Run } from "@mobilenet-bench/results";
import { describe, expect, it } from "vitest";
import { compareStored, hasBroken } from "../src/compare/stored.ts";
import { renderStoredCsv } from "../src/compare/stored-csv.ts";
import { renderStoredJson } from "../src/compare/stored-json.ts";
import { renderStoredJUnit } from "../src/compare/stored-junit.ts";
import { renderStoredMarkdown } from "../src/compare/stored-markdown.ts";
import { renderStoredText } from "../src/compare/stored-text.ts";
import { failedCell, okCell } from "./cells.ts";
import { runOf } from "./runs.ts";
import { callMnb } from "./support/call-mnb.ts";

const MODEL = "mobilenet_v1_0.5_160";
const BACKENDS = ["ts", "wasm", "ort-node", "ort-wasm", "tfjs-node", "tfjs-wasm", "tfjs-cpu"];

/** With a block in each of some sets. */
function cellOf(backend: string, ms: number, changes: Partial<OkCell> = {}): OkCell {
  const sets = [0.99, 1, 1.01];
  const blocks = sets.map((factor, set): Block => {
    const medianMs = ms * factor;
    const startedAt = "2026-01-02T03:04:05.000Z";
    return { set, round: 0, startedAt, inferences: 3, medianMs, minMs: medianMs, steal: null };
  });
  return okCell(MODEL, backend, ms, { blocks, ...changes });
}

const BASE = runOf(
  BACKENDS.map((backend, i) => cellOf(backend, 10 + i)),
  { environment: { ...runOf([]).environment, dirty: false } },
);

/** A later run, in which every cell takes so many times as long as in the base, and some much longer. */
function later(
  factor: number,
  slower: Readonly<Record<string, number>> = {},
  changes: Partial<Run> = {},
): Run {
  const cells = BACKENDS.map((backend, i) =>
    cellOf(backend, (10 + i) * factor * (slower[backend] ?? 1 + i / 1000)),
  );
  const environment = { ...BASE.environment, commit: "fedcba9876543210fedcba9876543210fedcba98" };
  return { ...BASE, id: "2026-01-03T03-04-05-1", environment, cells, ...changes };
}

const elsewhere = (run: Run, machine = "xyz"): Run => ({
  ...run,
  environment: { ...run.environment, machine },
});
const text = (base: Run, candidate: Run, columns = 80) =>
  renderStoredText(compareStored(base, candidate), { columns, color: false });

describe("two stored runs", () => {
  it("give each cell a ratio over sets, with an interval", () => {
    const { rows } = compareStored(BASE, later(1.1));
    expect(rows).toHaveLength(BACKENDS.length);
    expect(rows[0]?.ratio.value).toBeCloseTo(1.1, 9);
    const [low, high] = rows[0]?.ratio.interval ?? [NaN, NaN];
    // t of 4 degrees of freedom, of two spreads of 1 % over 3 sets.
    expect(Math.log(high / 1.1)).toBeCloseTo((2.7764 * Math.SQRT2 * 0.01) / Math.sqrt(3), 4);
    expect(low).toBeCloseTo(1.1 ** 2 / high, 6);
  });

  it("take out what the machine did, and nominate what stands out", () => {
    const comparison = compareStored(BASE, later(1.2, { wasm: 1.1 }));
    expect(comparison.machine?.ratio).toBeCloseTo(1.2 * 1.004, 3);
    const wasm = comparison.rows.find(({ id }) => id.includes("/wasm/"));
    expect(wasm?.ratio.value).toBeCloseTo(1.32, 9);
    expect(wasm?.ownRatio).toBeCloseTo(1.1, 2);
    expect(wasm?.nominated).toBe("slower");
    expect(comparison.rows.filter(({ nominated }) => nominated)).toEqual([wasm]);
    expect(comparison.next).toBe(`mnb compare 0123456789ab fedcba987654 ${MODEL}/wasm/node`);
    expect(hasBroken(comparison)).toBe(false);
    expect(text(BASE, later(1.2, { wasm: 1.1 }))).toMatch(/^wasm .* slower\?$/m);
  });

  it("tell modules from outside, and where a backend's is another", () => {
    const from = (sha256: string) => ({
      modules: { toy: { file: "toy.js", package: "toys@1.0.0", sha256 } },
    });
    const [one, other] = ["a".repeat(64), "b".repeat(64)];
    const read = text({ ...BASE, ...from(one) }, later(1, {}, from(other))).replaceAll(/\s+/g, " ");
    expect(read).toContain("Other modules from outside: toy.");
    expect(read).toMatch(/module of toy.* toys@1\.0\.0\/toy\.js \(a{12}\)/);
    expect(text({ ...BASE, ...from(one) }, later(1, {}, from(one)))).not.toContain("Other modules");
    expect(text(BASE, later(1, {}, from(one)))).not.toContain("Other modules");
  });

  it("take the clock out where both tell it, and only on one machine", () => {
    const spread = (run: Run, spinMs: number): Run => ({
      ...run,
      loops: {
        referenceSpinMs: 0.5,
        sets: [0, 1, 2].map((set) => ({ model: MODEL, set, spinMs, readMs: 0.3 })),
      },
      cells: run.cells.map((cell) =>
        cell.status === "ok"
          ? {
              ...cell,
              blocks: cell.blocks.map((block) => ({
                ...block,
                startedAt: new Date(Date.UTC(2026, 0, 2) + block.set * 150_000).toISOString(),
              })),
            }
          : cell,
      ),
    });
    const [base, candidate] = [spread(BASE, 0.5), spread(later(1.1), 0.55)];
    const [row] = compareStored(base, candidate).rows;
    expect(row).toMatchObject({ atClock: true, baseMs: 10, candidateMs: 11 });
    expect(row?.ratio.value).toBeCloseTo(1, 9);
    expect(text(base, candidate)).toMatch(/^ts .* clock$/m);
    const [apart] = compareStored(base, elsewhere(candidate)).rows;
    expect(apart).toMatchObject({ atClock: false });
    expect(apart?.ratio.value).toBeCloseTo(1.1, 9);
    expect(compareStored(BASE, candidate).rows[0]).toMatchObject({ atClock: false });
  });

  it("say why what they nominate cannot be built", () => {
    const next = (changes: Partial<Run["environment"]>) => {
      const run = later(1, { wasm: 1.1 });
      return compareStored(BASE, { ...run, environment: { ...run.environment, ...changes } }).next;
    };
    expect(next({ commit: null })).toContain("without a commit");
    expect(next({ dirty: true })).toContain("not committed");
    expect(next({ commit: BASE.environment.commit })).toContain("one commit");
    expect(compareStored(BASE, later(1.2))).not.toHaveProperty("next");
  });

  it("say nothing but ratios across machines", () => {
    const comparison = compareStored(BASE, elsewhere(later(1, { wasm: 3 })));
    expect(comparison).not.toHaveProperty("machine");
    for (const row of comparison.rows) expect(row).not.toHaveProperty("nominated");
    expect(comparison.notes[0]).toContain("Other machines");
    expect(text(BASE, elsewhere(later(1)))).toMatch(/^≠ +machine +abc +xyz$/m);
    expect(text(BASE, elsewhere(later(1)))).not.toContain("The machine: ×");
  });

  it("cannot tell the machine from few cells, and say so", () => {
    const few = (run: Run) => ({ ...run, cells: run.cells.slice(0, 4) });
    const comparison = compareStored(few(BASE), few(later(2)));
    expect(comparison).not.toHaveProperty("machine");
    expect(comparison.notes).toEqual([expect.stringContaining("Less than 5 cells")]);
  });

  it("tell other protocols, weights, inputs, seeds and interruptions", () => {
    const file = { name: "x", sha256: "a".repeat(64) };
    const { notes } = compareStored(
      BASE,
      later(
        1,
        {},
        {
          seed: 2,
          weights: file,
          picture: file,
          complete: false,
          protocol: { ...BASE.protocol, rounds: 99 },
        },
      ),
    );
    for (const word of ["protocols", "weights", "inputs", "seeds", "interrupted"])
      expect(notes.join(" ")).toContain(word);
    expect(compareStored(BASE, later(1)).notes).toEqual([]);
  });

  it("name every cell that was not compared, with why, and what broke", () => {
    const mismatch = failedCell(MODEL, "ts", "Logit 3 is outside its bound.");
    const cells: Cell[] = [
      { ...mismatch, status: "mismatch", reason: "Logit 3 is outside its bound." },
      failedCell(MODEL, "wasm", "No SIMD here."),
      cellOf("ort-node", 12),
      cellOf("tfjs-cpu", 9, { actual: { adapter: { class: "software" } } }),
      cellOf("webgpu", 1),
    ];
    const comparison = compareStored(BASE, later(1, {}, { cells }));
    const why = Object.fromEntries(comparison.uncompared.map((cell) => [cell.id.split("/")[1], cell]));
    expect(why["ts"]).toMatchObject({ broken: true, why: expect.stringContaining("mismatch. Logit 3") });
    expect(why["wasm"]).toMatchObject({ broken: false, why: expect.stringContaining("No SIMD here.") });
    expect(why["tfjs-cpu"]?.why).toContain("software GPU");
    expect(why["webgpu"]?.why).toContain("in the candidate alone: the base was not asked");
    expect(why["tfjs-node"]?.why).toContain("in the base alone");
    expect(comparison.rows.map(({ id }) => id)).toEqual([`${MODEL}/ort-node/node`]);
    expect(hasBroken(comparison)).toBe(true);
  });

  it("tell what ran otherwise", () => {
    const actual = { library: "onnxruntime-node 1.29.0", kernels: { a: 1 } };
    const before = { ...BASE, cells: [cellOf("ort-node", 12, { actual })] };
    const after = later(
      1,
      {},
      {
        cells: [
          cellOf("ort-node", 12, { actual: { library: "onnxruntime-node 1.30.0", kernels: { a: 2 } } }),
        ],
      },
    );
    const [row] = compareStored(before, after).rows;
    expect(row?.ranOtherwise).toEqual([
      "library: onnxruntime-node 1.29.0 → onnxruntime-node 1.30.0",
      "kernels",
    ]);
    expect(text(before, after)).toContain("≠ ort-node: library: onnxruntime-node 1.29.0 → onnxruntime-node");
  });

  it("are refused where there is nothing to compare", () => {
    expect(() => compareStored(BASE, BASE)).toThrow("Give two runs");
    expect(() => compareStored(BASE, later(1, {}, { cells: [cellOf("webgpu", 1)] }))).toThrow(
      "No cell is in both",
    );
    expect(() => compareStored(BASE, later(1), ({ backend }) => backend === "x")).toThrow(
      "leave filters out",
    );
  });
});

describe("every form", () => {
  const comparison = compareStored(BASE, later(1.2, { wasm: 1.1 }));

  it("says that the evidence is weak", async () => {
    const forms = [
      text(BASE, later(1.2)).replaceAll("\n", " "),
      renderStoredMarkdown(comparison),
      renderStoredCsv(comparison),
      renderStoredJson(comparison),
      await renderStoredJUnit(comparison),
    ];
    for (const form of forms) expect(form).toContain("weak");
  });

  it("fits 80 columns as text", () => {
    const other = elsewhere(later(1.2, { wasm: 1.1 }, { suite: "nightly" }));
    const lines = [BASE, other].flatMap((base) =>
      text(base, later(1.3, { wasm: 1.4 }, { id: "x" })).split("\n"),
    );
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("has the figures in full as CSV and JSON", () => {
    const [titles = "", ...rows] = renderStoredCsv(comparison).split("\n");
    const at = titles.split(",").indexOf("own_ratio");
    const wasm = rows.find((row) => row.includes("/wasm/"))?.split(",") ?? [];
    expect(Number(wasm[at])).toBe(comparison.rows[1]?.ownRatio);
    expect(wasm).toContain("slower");
    const json = JSON.parse(renderStoredJson(comparison));
    expect(json).toMatchObject({
      base: { run: BASE.id, machine: "abc" },
      machine: comparison.machine,
    });
    expect(json.cells[1]).toMatchObject({ nominated: "slower", ratio: comparison.rows[1]?.ratio });
  });

  it("fails nothing for a time as JUnit, and what broke", async () => {
    const slower = await renderStoredJUnit(comparison);
    expect(slower).toContain('tests="7" failures="0" errors="0" skipped="0"');
    expect(slower).toContain('<property name="nominated" value="slower"/>');
    const cells = [
      { ...failedCell(MODEL, "ts", "Gone <wrong>."), status: "crash", reason: "Gone <wrong>." } as const,
    ];
    const broken = await renderStoredJUnit(compareStored(BASE, later(1, {}, { cells })));
    expect(broken).toContain('failures="1"');
    expect(broken).toContain("crash. Gone &lt;wrong&gt;.");
  });

  it("folds the environments away as Markdown", () => {
    const markdown = renderStoredMarkdown(comparison);
    expect(markdown).toMatch(/\| mobilenet_v1_0.5_160 +\| wasm .*\| slower\? +\|/);
    expect(markdown).toContain("<details><summary>Environments</summary>");
    expect(markdown).toMatch(/\| ≠ +\| commit +\|/);
  });
});

describe("mnb compare", () => {
  const published = (name: string) =>
    fileURLToPath(new URL(`../../results/data/${name}.json`, import.meta.url));
  const SWEEP = "2026-11-22-1206c8248664";
  const QUICK = "2026-11-22-41dd91654feb";

  it("takes runs by id and by path, and cells and filters", async () => {
    const { exitCode, stdout } = await callMnb([
      "compare",
      SWEEP,
      published(QUICK),
      "--json",
      "--backend",
      "wasm",
    ]);
    expect(exitCode).toBe(0);
    const { cells, machine } = JSON.parse(stdout);
    // By all cells of both runs, not by those that are shown.
    expect(machine.cells).toBe(20);
    expect(cells.map(({ id }: { id: string }) => id)).toEqual([
      "mobilenet_v1_1.0_224/wasm/node",
      "mobilenet_v1_0.5_160/wasm/node",
      "mobilenet_v1_0.25_128/wasm/node",
    ]);
    const one = await callMnb(["compare", SWEEP, QUICK, "0.5_160/ts/node", "--format", "csv"]);
    expect(one.stdout.split("\n")).toHaveLength(2);
  });

  it("writes the form that was asked for beside the table", async () => {
    const output = join(await mkdtemp(join(tmpdir(), "mnb-compare-")), "out.xml");
    const { exitCode, stdout } = await callMnb([
      "compare",
      SWEEP,
      QUICK,
      "--format",
      "junit",
      "--output",
      output,
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("The machine: ×");
    expect(await readFile(output, "utf8")).toContain('<testsuites name="mnb compare"');
  });

  it("exits with 1 where a cell broke, and with 2 where there is nothing to compare", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mnb-compare-"));
    const base = join(folder, "base.json");
    const candidate = join(folder, "candidate.json");
    await writeFile(base, JSON.stringify(BASE));
    const crashed = { ...failedCell(MODEL, "ts", "Gone."), status: "crash", reason: "Gone." } as const;
    await writeFile(candidate, JSON.stringify(later(1, {}, { cells: [crashed, cellOf("wasm", 99)] })));
    const broken = await callMnb(["compare", base, candidate]);
    expect(broken).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining("broken. candidate: crash."),
    });
    expect(await callMnb(["compare", base, base])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("Give two runs"),
    });
    expect(await callMnb(["compare", base, "nowhere"])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("Compare two of a kind"),
    });
    expect(await callMnb(["compare", base, "nowhere.json"])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("nowhere.json cannot be read"),
    });
    expect(await callMnb(["compare", base])).toMatchObject({ exitCode: 2 });
  });
});
