import { expect, expectTypeOf, it } from "vitest";
import {
  resolveOptions,
  THREADS,
  type Backend,
  type Options,
  type OptionsOf,
  type OptionSpecs,
  type TypedBackend,
} from "../src/index.ts";

// What the compiler says of options; `tsc` judges the types when the tests are linted.

const OPTIONS = {
  threads: THREADS,
  simd: { description: "instructions", default: "relaxed", values: ["relaxed", "wide"] },
} as const satisfies OptionSpecs;

it("are those of the specs, each with the values that it takes", () => {
  expectTypeOf<OptionsOf<typeof OPTIONS>>().toEqualTypeOf<{
    readonly threads?: number;
    readonly simd?: "relaxed" | "wide";
  }>();
  const resolved = resolveOptions({ id: "mine", options: OPTIONS }, { simd: "wide" });
  expectTypeOf(resolved).toEqualTypeOf<{ readonly threads: number; readonly simd: "relaxed" | "wide" }>();
  expect(resolved).toEqual({ threads: 1, simd: "wide" });
});

it("of another name or value are errors, and refused when the program runs all the same", () => {
  const backend = { id: "mine", options: OPTIONS };
  // @ts-expect-error there is no such option
  expect(() => resolveOptions(backend, { thread: 2 })).toThrow('There is no option "thread".');
  // @ts-expect-error there is no such value
  expect(() => resolveOptions(backend, { simd: "wides" })).toThrow("Option simd cannot be wides.");
  // @ts-expect-error this backend takes none
  expect(() => resolveOptions({ id: "mine", options: {} }, { threads: 2 })).toThrow(
    "It takes none: leave it out.",
  );
});

it("of any name and value go to a backend whose own are not known", () => {
  expectTypeOf<TypedBackend<typeof OPTIONS>>().toExtend<Backend>();
  expectTypeOf<Parameters<Backend["load"]>[2]>().toEqualTypeOf<Options | undefined>();
});
