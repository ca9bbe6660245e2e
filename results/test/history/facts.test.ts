import { describe, expect, it } from "vitest";
import { cellFacts, factChanges, runFacts } from "../../src/history/facts.ts";
import { RUN } from "../run.ts";

describe("facts", () => {
  it("name libraries by their names, with their versions", () => {
    const { library } = cellFacts({
      actual: {
        library: "@tensorflow/tfjs-node 4.22.0",
        native: "TensorFlow 2.13.1 (wheel tensorflow_cpu-2.13.1)",
        implementation: "browser",
      },
    });
    expect(library).toEqual({
      "@tensorflow/tfjs-node": "4.22.0",
      TensorFlow: "2.13.1",
      implementation: "browser",
    });
  });

  it("tell a browser from what it was started with", () => {
    const browserOf = (version: string, flags: string[]) =>
      cellFacts({ actual: { browser: { version, flags } } });
    const one = browserOf("Chrome/156.0.1", ["--a"]);
    expect(factChanges(one, browserOf("Chrome/157.0.0", ["--a"]))).toEqual([
      { kind: "browser", name: "Chrome", from: "156.0.1", to: "157.0.0" },
    ]);
    expect(factChanges(one, browserOf("Chrome/156.0.1", ["--b"])).map(({ name }) => name)).toEqual([
      "options",
    ]);
  });

  it("tell kernels apart without repeating them", () => {
    const kernels = (name: string) => cellFacts({ actual: { kernels: { Conv2d_0: name } } });
    expect(factChanges(kernels("a"), kernels("a"))).toEqual([]);
    const [change] = factChanges(kernels("a"), kernels("b"));
    expect(change).toMatchObject({ kind: "variant", name: "kernels" });
  });

  it("hold the environment of a run without its commit, and are the same for the same", () => {
    expect(factChanges(runFacts(RUN), runFacts(structuredClone(RUN)))).toEqual([]);
    const { environment } = RUN;
    const later = {
      ...RUN,
      environment: { ...environment, os: { ...environment.os, release: "6.6" }, commit: "f".repeat(40) },
    };
    expect(factChanges(runFacts(RUN), runFacts(later))).toEqual([
      { kind: "system", name: "kernel", from: "6.1", to: "6.6" },
    ]);
  });
});
