import { createModel, convolutionLayer, elements } from "@mobilenet-bench/spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kernelsFor, opOf } from "../src/kernels/table.ts";
import { layoutOf, planeBytes, readPlane, writePlane } from "../src/layout/layout.ts";
import { packPanels, paddedChannels, panelsOf } from "../src/layout/panels.ts";
import { createPlan } from "../src/plan/plan.ts";
import { blocks, commonBlock, share, shareOf, split } from "../src/layout/split.ts";
import { at } from "../src/list.ts";

const count = fc.integer({ min: 1, max: 300 });
const most = fc.integer({ min: 1, max: 16 });

describe("splits", () => {
  it("cut into parts that add up and differ by at most one", () => {
    fc.assert(
      fc.property(count, most, (total, most) => {
        const parts = split(total, most);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
        expect(Math.max(...parts)).toBeLessThanOrEqual(most);
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("give every thread its own part", () => {
    fc.assert(
      fc.property(fc.nat(100), most, (total, threads) => {
        let next = 0;
        for (const [thread, size] of share(total, threads).entries()) {
          expect(shareOf(total, threads, thread)).toEqual({ first: next, count: size });
          next += size;
        }
        expect(next).toBe(total);
      }),
    );
  });

  it("find blocks for every total", () => {
    fc.assert(
      fc.property(fc.array(count, { minLength: 1, maxLength: 5 }), most, (totals, most) => {
        const size = commonBlock(totals, most);
        for (const total of totals) {
          const { large = 0, small = 0 } = blocks(total, size) ?? {};
          expect(large * size + small * (size - 1)).toBe(total);
        }
      }),
    );
  });

  it("know that seven pixels are no sum of sixes and fives", () => {
    expect(blocks(7, 6)).toBeUndefined();
    expect(commonBlock([7], 6)).toBe(4);
    expect(blocks(49, 6)).toEqual({ large: 4, small: 5 });
  });
});

describe("layouts", () => {
  it("give back what was written, with zeros around it", () => {
    const channels = fc.constantFrom(1, 3, 8, 11, 256);
    fc.assert(
      fc.property(most, most, channels, fc.boolean(), (height, width, channels, convolved) => {
        const consumer = convolutionLayer({
          name: "next",
          type: convolved ? "convolution" : "pointwise",
          kernel: convolved ? 3 : 1,
          stride: 1,
          input: [height, width, channels],
          channels: 8,
        });
        const layout = layoutOf([height, width, channels], consumer);
        const memory = new Float32Array(planeBytes(layout) / 4 + 32).fill(NaN);
        const values = Float32Array.from({ length: elements(consumer.input) }, (_, i) => i + 1);
        writePlane(memory, 64, layout, values);
        expect(readPlane(memory, 64, layout)).toEqual(values);
        const border = memory.subarray(16, 16 + layout.left * layout.pitch);
        expect(border.every((value) => value === 0)).toBe(true);
      }),
    );
  });

  it("pack every weight once, panel by panel", () => {
    fc.assert(
      fc.property(most, count, fc.constantFrom(4, 8, 16, 32), (depth, channels, columns) => {
        const panels = panelsOf(channels, columns);
        const kernel = Float32Array.from({ length: depth * channels }, (_, i) => i + 1);
        const bias = Float32Array.from({ length: channels }, (_, i) => -i - 1);
        const target = new Float32Array((depth + 1) * paddedChannels(panels));
        packPanels(target, kernel, bias, panels);
        // Panel p holds its channels for every k one after the other, panels of full width first.
        for (let c = 0; c < channels; c++)
          for (let k = 0; k < depth; k++) {
            const first = Math.floor(c / columns) * columns;
            const width = first < panels.full * columns ? columns : 8;
            expect(target[first * depth + k * width + c - first]).toBe(kernel[k * channels + c]);
          }
        expect(target.subarray(depth * paddedChannels(panels)).slice(0, channels)).toEqual(bias);
      }),
    );
  });
});

describe("plans", () => {
  const model = createModel({ alpha: 1, resolution: 224 });
  const layers = model.layers.filter(({ type }) => type !== "softmax");
  const plan = (threads: number) =>
    createPlan(layers, threads, ({ layer }) => at(kernelsFor(opOf(layer), "relaxed"), 0)).plan;

  it("reuse memory: weights, the two largest planes and little more", () => {
    const activations = plan(1).bytes - 4 * model.params;
    const planes = layers.map(({ output }) => 4 * elements(output)).toSorted((a, b) => b - a);
    expect(activations).toBeLessThan(4 * (planes[0] ?? 0));
  });

  it("fuse every depthwise layer with the pointwise layer that follows", () => {
    const { groups } = plan(1);
    expect(groups.map(({ name }) => name)).toEqual([
      "Conv2d_0",
      ...Array.from({ length: 13 }, (_, i) => `Conv2d_${i + 1}_depthwise+Conv2d_${i + 1}_pointwise`),
      "AvgPool",
      "Logits",
    ]);
  });

  it("split small planes by channels where threads would idle", () => {
    const splits = new Map(plan(2).steps.map(({ name, split }) => [name, split]));
    expect(splits.get("Conv2d_11_pointwise")).toBe("rows");
    expect(splits.get("Conv2d_13_pointwise")).toBe("channels");
  });

  it("never let two live buffers overlap", () => {
    for (const { input, output, weights } of plan(3).steps) {
      const [a, b] = [input, output].map(({ address, layout }) => [address, address + planeBytes(layout)]);
      const [from, to] = [Math.max(a?.[0] ?? 0, b?.[0] ?? 0), Math.min(a?.[1] ?? 0, b?.[1] ?? 0)];
      expect(from).toBeGreaterThanOrEqual(to);
      if (weights > 0) expect(weights).toBeGreaterThanOrEqual(Math.max(a?.[1] ?? 0, b?.[1] ?? 0));
    }
  });
});
