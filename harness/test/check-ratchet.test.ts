import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { WriteError } from "@mobilenet-bench/files";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkCells, judge, observationsOf } from "../src/check/check-cells.ts";
import { KINDS, type Figures } from "../src/check/figures.ts";
import {
  describeExcess,
  excesses,
  RATCHET_FACTOR,
  RATCHET_FILE,
  readRatchet,
  tighten,
  writeRatchet,
  type Ratchet,
} from "../src/check/ratchet.ts";
import { UsageError } from "../src/usage-error.ts";
import { shifted, targetOf, wrongBackend } from "./support/wrong-backends.ts";
import { planned } from "./support/planned.ts";

const EMPTY: Ratchet = { about: "", version: 1, rows: {} };
const ROW = "wasm/node?simd=wide";
const MODEL = "mobilenet_v1_0.25_128";

function figures(logits: number, fed?: number): Figures {
  return {
    largest: {
      logits: { value: logits },
      ...(fed !== undefined && { fed: { value: fed, layer: "Conv2d_0" } }),
    },
  };
}

const observe = (ratchet: Ratchet, found: Figures) =>
  tighten(ratchet, [{ row: ROW, model: MODEL, figures: found }], "here");

describe("the ratchet", () => {
  it("adds what is missing, lowers what was higher, and never raises", () => {
    const first = observe(EMPTY, figures(0.1, 0.2));
    expect(first).toMatchObject({ added: 2, lowered: 0 });
    const second = observe(first.ratchet, figures(0.05, 0.3));
    expect(second).toMatchObject({ added: 0, lowered: 1 });
    expect(second.ratchet.rows[ROW]).toEqual({
      machine: "here",
      models: { [MODEL]: { logits: 0.05, fed: 0.2 } },
    });
    expect(EMPTY.rows).toEqual({});
  });

  it("never holds less than what was observed, nor rises, whatever is observed in whatever order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (seen) => {
        let ratchet = EMPTY;
        let before = Infinity;
        for (const value of seen) {
          ratchet = observe(ratchet, figures(value)).ratchet;
          const now = ratchet.rows[ROW]!.models[MODEL]!.logits!;
          expect(now).toBeLessThanOrEqual(before);
          before = now;
        }
        const least = Math.max(1e-6, Math.min(...seen));
        expect(before).toBeGreaterThanOrEqual(least);
        expect(before).toBeLessThanOrEqual(least * 1.011);
        // What has been seen once is never too much the next time.
        expect(excesses(ratchet, ROW, MODEL, figures(least))).toEqual([]);
      }),
    );
  });

  it("finds what exceeds it by more than its factor, where it has an entry", () => {
    const { ratchet } = observe(EMPTY, figures(0.1, 0.2));
    expect(excesses(ratchet, ROW, MODEL, figures(0.1 * RATCHET_FACTOR, 0.2))).toEqual([]);
    const [excess] = excesses(ratchet, ROW, MODEL, figures(0.1, 0.5));
    expect(excess).toEqual({ kind: "fed", layer: "Conv2d_0", value: 0.5, observed: 0.2 });
    expect(describeExcess(excess!)).toMatchInlineSnapshot(
      `"The largest error of Conv2d_0 (fed) is 0.500 of its bound, 2.5 times the 0.2 in ratchet.json: more than 2 times. If the change is meant, raise the entry by hand."`,
    );
    expect(excesses(ratchet, ROW, "mobilenet_v1_0.5_128", figures(1))).toEqual([]);
    expect(excesses(ratchet, "constructor", "toString", figures(1))).toEqual([]);
  });

  it("makes a cell within its bounds a mismatch, which then tightens nothing", async () => {
    const cell = (by: number) =>
      planned(
        "mobilenet_v1_0.1_32_shallow/ts/node",
        targetOf(wrongBackend((session) => ({ infer: (input) => shifted(session.infer(input), 0, by) }))),
      );
    const check = async (ratchet: Ratchet, by: number) =>
      checkCells({
        cells: [cell(by)],
        jobs: 1,
        inputs: { seed: 1 },
        given: {},
        ratchet,
        signal: new AbortController().signal,
        onVerdict: () => {},
      });
    const [right] = await check(EMPTY, 0);
    expect(right).toMatchObject({ status: "ok", excesses: [] });
    const { ratchet } = tighten(EMPTY, observationsOf([right!]), "here");
    expect(Object.keys(ratchet.rows["ts/node"]!.models[right!.cell.model]!)).toEqual([...KINDS]);
    const [worse] = await check(ratchet, 1e-5);
    expect(worse).toMatchObject({ status: "mismatch", logits: { ok: true }, excesses: [{ kind: "logits" }] });
    expect(observationsOf([worse!])).toEqual([]);
    expect(judge(worse!, undefined, { seed: 2 })).toMatchObject({ excesses: [] });
  });
});

describe("the file of the ratchet", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mnb-ratchet-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is in the repository, valid, and as it would be written", async () => {
    const ratchet = await readRatchet(RATCHET_FILE, { startEmpty: false });
    const copy = join(folder, "copy.json");
    await writeRatchet(ratchet, copy);
    expect(await readFile(copy, "utf8")).toBe(await readFile(RATCHET_FILE, "utf8"));
    expect(Object.keys(ratchet.rows).length).toBeGreaterThan(5);
  });

  it.each([
    ["torn", '{ "about": "x", "ver', /is torn or no JSON/],
    ["foreign", '{ "cells": [] }', /is no ratchet: at about/],
    ["of another version", '{ "about": "", "version": 2, "rows": {} }', /is no ratchet: at version/],
    [
      "above a bound",
      JSON.stringify({
        about: "",
        version: 1,
        rows: { "ts/node": { machine: "m", models: { a: { logits: 1.5 } } } },
      }),
      /at rows\.ts\/node\.models\.a\.logits/,
    ],
  ])("is refused where it is %s, with a remedy, and left as it is", async (_, text, message) => {
    const path = join(folder, "ratchet.json");
    await writeFile(path, text);
    const reading = readRatchet(path, { startEmpty: true });
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(/Restore it/);
    await expect(reading).rejects.toBeInstanceOf(UsageError);
    expect(await readFile(path, "utf8")).toBe(text);
  });

  it("may be missing only where it is made", async () => {
    const path = join(folder, "none.json");
    await expect(readRatchet(path, { startEmpty: false })).rejects.toThrow(/cannot be read \(ENOENT\)/);
    expect(await readRatchet(path, { startEmpty: true })).toMatchObject({ rows: {} });
  });

  it("cannot be written everywhere", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(writeRatchet(EMPTY, join(folder, "file", "ratchet.json"))).rejects.toThrow(WriteError);
  });
});
