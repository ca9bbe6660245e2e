import { describe, expect, it } from "vitest";
import { latencyAgainstMultAdds } from "../../src/charts/latency-against-mult-adds.ts";
import { tiesOf } from "../../src/charts/ties.ts";
import { pageDocument } from "../support/page-document.ts";
import { ALL_CELLS, COMPETING, figured } from "../support/site-cell.ts";

const ORT = "mobilenet_v1_0.25_128/ort-node/node";
const WASM = "mobilenet_v1_0.25_128/wasm/node";
const RANKS = { ts: [1, 2], wasm: [1, 3], webgpu: [3, 3] } as const;

describe("tiesOf", () => {
  it("knows whom ratios do not tell apart, both ways, and within one model alone", () => {
    expect(tiesOf(COMPETING)).toEqual(
      new Map([
        [ORT, [WASM]],
        [WASM, [ORT]],
      ]),
    );
  });

  it("ties a middle to both of its neighbours, and these not to each other", () => {
    const ranked = (["ts", "wasm", "webgpu"] as const).map((backend) =>
      figured(`mobilenet_v1_1.0_224/${backend}/node`, 10, [9, 13], RANKS[backend]),
    );
    const [fast, middle, slow] = ranked.map(({ id }) => id);
    const ties = tiesOf(ranked);
    expect(ties.get(middle ?? "")).toEqual([fast, slow]);
    expect(ties.get(slow ?? "")).toEqual([middle]);
  });

  it("leaves out what has no rank", () => {
    const ties = tiesOf(ALL_CELLS);
    const unranked = ALL_CELLS.filter(({ rank }) => rank === undefined).map(({ id }) => id);
    expect(unranked).not.toEqual([]);
    expect(unranked.filter((id) => ties.has(id))).toEqual([]);
  });
});

it("stands in drawings, for whoever points at a mark", () => {
  const { svg } = latencyAgainstMultAdds(
    { cells: COMPETING },
    { document: pageDocument(), width: 960, medium: "page" },
  );
  const tied = [...svg.querySelectorAll("[data-ties]")].map((datum) => [
    datum.getAttribute("data-datum"),
    datum.getAttribute("data-ties"),
  ]);
  expect(tied).toEqual([
    [ORT, WASM],
    [WASM, ORT],
  ]);
});
