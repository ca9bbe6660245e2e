import { describe, expect, it } from "vitest";
import { chooseTests, testFiles } from "../setup/choose-tests.mjs";
import { root } from "../setup/paths.mjs";

const FILES = [
  { folder: "packages/spec", path: "test/name.test.ts", text: 'it("parses names")' },
  { folder: "packages/spec", path: "test/model.test.ts", text: 'it("counts")' },
  { folder: "harness", path: "test/report.test.ts", text: 'it("counts (all of them)")' },
  {
    folder: "packages/frameworks",
    path: "test/keras.test.ts",
    text: 'import "./support/python.ts"; it("imports Keras")',
  },
  { folder: "packages/ort", path: "test/peers.nightly.test.ts", text: 'it("counts slowly")' },
];
const choose = (...filters: string[]) => chooseTests(filters, FILES);

describe("npm test -- FILTER", () => {
  /** A whole package, or some of its files. */
  const of = (folder: string, ...words: string[]) => ({ folder, words });

  it("is everything without a filter, Python too", () => {
    expect(choose()).toMatchObject({
      packages: [of("packages/spec"), of("harness"), of("packages/frameworks")],
      python: true,
    });
  });

  it.each(["spec", "@mobilenet-bench/spec", "packages/spec", "./packages/spec/"])(
    "takes a package: %s",
    (name) => {
      expect(choose(name)).toMatchObject({ packages: [of("packages/spec")], python: false });
    },
  );

  it("takes parts of files' paths, in the packages that are named beside", () => {
    const model = { packages: [of("packages/spec", "test/model.test.ts")], python: false };
    expect(choose("model.test")).toMatchObject(model);
    expect(choose("packages/spec/test/model.test.ts")).toMatchObject(model);
    expect(choose("spec", "model")).toMatchObject(model);
    expect(choose("keras")).toMatchObject({
      packages: [of("packages/frameworks", "test/keras.test.ts")],
      python: true,
    });
  });

  it("takes files of other packages beside a package that has no such file", () => {
    const report = of("harness", "test/report.test.ts");
    expect(choose("spec", "report.test.ts")).toMatchObject({ packages: [of("packages/spec"), report] });
    expect(choose("spec", "model", "report")).toMatchObject({
      packages: [of("packages/spec", "test/model.test.ts"), report],
    });
  });

  it("takes names of tests, as they are written", () => {
    expect(choose("counts (all")).toMatchObject({
      packages: [of("harness", "test/report.test.ts", "-t", String.raw`counts \(all`)],
      python: false,
    });
    expect(choose("spec", "counts")).toMatchObject({
      packages: [of("packages/spec", "test/model.test.ts", "-t", "counts")],
    });
  });

  it("leaves long proofs to the nightly run, unless they are named", () => {
    expect(choose()).toMatchObject({ nightly: false, left: 1 });
    expect(choose("ort")).toMatchObject({ packages: [of("packages/ort")], nightly: true, left: 0 });
    expect(chooseTests([], FILES, { nightly: true })).toMatchObject({
      packages: [of("packages/spec"), of("harness"), of("packages/frameworks"), of("packages/ort")],
      nightly: true,
      left: 0,
    });
    const slow = "test/peers.nightly.test.ts";
    expect(choose("peers")).toMatchObject({ packages: [of("packages/ort", slow)], nightly: true, left: 0 });
    expect(choose("counts slowly")).toMatchObject({
      packages: [of("packages/ort", slow, "-t", "counts slowly")],
      nightly: true,
      left: 0,
    });
  });

  it("refuses what nothing is named", () => {
    expect(choose("spec", "report", "nothing")).toEqual({ unknown: "nothing" });
    expect(choose("harness", "parses names")).toEqual({ unknown: "parses names" });
  });

  it("finds this file, and what needs Python", () => {
    const files = testFiles(root);
    expect(chooseTests(["setup-choose-tests"], files)).toMatchObject({
      packages: [of("harness", "test/setup-choose-tests.test.ts")],
    });
    expect(chooseTests(["keras.test"], files)).toMatchObject({ python: true });
    expect(chooseTests(["model-files", "spec", "harness"], files)).toMatchObject({ python: false });
  });
});
