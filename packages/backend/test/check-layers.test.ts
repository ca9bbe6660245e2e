import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { checkLayers, reference, UnsupportedError, type Session } from "../src/index.ts";
import { MUTANTS } from "./support/mutants.ts";
import { naiveBackend } from "./support/naive-backend.ts";

const model = createModel({ alpha: 0.1, resolution: 40, classes: 5 });
const weights = generateWeights(model);
const image = syntheticImage(40);
const check = (session: Session) => checkLayers(session, model, weights, image);

describe("checkLayers", () => {
  it("compares every layer in both modes", async () => {
    const { ok, comparisons, first } = await check(await reference.load(model, weights));
    expect({ ok, first }).toEqual({ ok: true, first: undefined });
    expect(comparisons.map(({ layer, mode }) => `${layer} ${mode}`)).toEqual(
      model.layers.slice(0, -1).flatMap(({ name }) => [`${name} fed`, `${name} chained`]),
    );
  });

  it.each(model.layers.slice(0, -1))("names $name where it is the one that is wrong", async (layer) => {
    const mutant = MUTANTS.find(({ name }) => name === "two channels swapped")!;
    const session = await naiveBackend({ mutant, layer: layer.name }).load(model, weights);
    const { ok, comparisons, first } = await check(session);
    expect(ok).toBe(false);
    expect(first).toMatchObject({ layer: layer.name, mode: "fed" });
    expect(comparisons.filter(({ mode, ok }) => mode === "fed" && !ok)).toHaveLength(1);
  });

  it("tells a wrong hand-over from a wrong layer, and where", async () => {
    const session = await reference.load(model, weights);
    const { first } = await check({
      actual: session.actual,
      infer: (input) => session.infer(input),
      inferLayer: (name, input) => session.inferLayer!(name, input),
      layerOutputs: async (input) => {
        const outputs = new Map(await session.layerOutputs!(input));
        // [20, 20, 8]: row 3, column 4, channel 5.
        outputs.get("Conv2d_1_depthwise")![(3 * 20 + 4) * 8 + 5] = 7;
        return outputs;
      },
      dispose: () => session.dispose(),
    });
    expect(first).toMatchObject({
      layer: "Conv2d_1_depthwise",
      mode: "chained",
      position: [3, 4, 5],
      actual: 7,
    });
    expect(first?.reason).toMatch(
      /^Layer Conv2d_1_depthwise is wrong \(chained\) at \[3, 4, 5\]: 7, expected /,
    );
  });

  it("calls a missing output wrong", async () => {
    const session = await reference.load(model, weights);
    const { first } = await check({
      actual: session.actual,
      infer: (input) => session.infer(input),
      layerOutputs: () => Promise.resolve(new Map()),
      dispose: () => session.dispose(),
    });
    expect(first).toMatchObject({ layer: "Conv2d_0", mode: "chained" });
    expect(first?.position).toBeUndefined();
    expect(first?.reason).toContain("There are 0 values instead of 3200.");
  });

  it("compares nothing where a session shows no layers", async () => {
    const session = await reference.load(model, weights);
    const { ok, comparisons } = await check({
      actual: session.actual,
      infer: (input) => session.infer(input),
      dispose: () => session.dispose(),
    });
    expect({ ok, comparisons }).toEqual({ ok: true, comparisons: [] });
  });

  it("refuses int8, for which rounding bounds mean nothing", async () => {
    const session = await reference.load(model, weights);
    const int8: Session = {
      actual: { threads: 1, precision: "int8" },
      infer: (input) => session.infer(input),
      dispose: () => session.dispose(),
    };
    await expect(check(int8)).rejects.toThrow(UnsupportedError);
  });
});
