import { rowId } from "@mobilenet-bench/results";
import { STALE, type SiteCell } from "../../src/data/site-cell.ts";

/** Mult-adds and parameters of models, as the network's description counts them. */
const MODELS: Readonly<Record<string, { readonly multAdds: number; readonly params: number }>> = {
  "mobilenet_v1_1.0_224": { multAdds: 568_740_352, params: 4_209_088 },
  "mobilenet_v1_0.5_160": { multAdds: 76_524_800, params: 1_319_648 },
  "mobilenet_v1_0.25_128": { multAdds: 13_570_048, params: 463_600 },
};

/** A cell of the model and backend that its id names, `ok` with figures where nothing else is said. */
export function siteCell(id: string, changes: Partial<SiteCell> = {}): SiteCell {
  const model = id.slice(0, id.indexOf("/"));
  const [backend = "", target = ""] = rowId({ id }).split(/[/?]/);
  const { multAdds, params } = MODELS[model] ?? { multAdds: 1e9, params: 1e6 };
  return {
    id,
    model,
    backend,
    target,
    options: {},
    machine: "5dec1a0992a2",
    run: "2026-11-22-1206c8248664",
    status: "ok",
    multAdds,
    params,
    marks: [],
    software: false,
    dirty: false,
    ...changes,
  };
}

/** One with a figure and its interval. */
export function figured(
  id: string,
  ms: number,
  ci95: readonly [number, number],
  rank: readonly [number, number],
): SiteCell {
  const cell = siteCell(id);
  return {
    ...cell,
    ms,
    ci95,
    rank,
    min: ci95[0],
    p90: null,
    gmacs: cell.multAdds / ms / 1e6,
    ofPeak: { fraction: cell.multAdds / ms / 58.8e6, style: "wasm-wide", threads: 1 },
    coldStart: { importMs: ms / 4, loadMs: 30 + ms / 10, firstInferenceMs: 2 * ms },
  };
}

/** Of a published run: three models on four backends. */
export const COMPETING: readonly SiteCell[] = [
  figured("mobilenet_v1_1.0_224/ort-node/node", 11.7, [11.5, 11.9], [1, 1]),
  figured("mobilenet_v1_1.0_224/wasm/node", 21.3, [21.3, 21.5], [2, 2]),
  figured("mobilenet_v1_1.0_224/ts/node", 123, [122, 125], [3, 3]),
  figured("mobilenet_v1_1.0_224/tfjs-cpu/node", 758, [738, 768], [4, 4]),
  figured("mobilenet_v1_0.5_160/ort-node/node", 1.72, [1.7, 1.74], [1, 1]),
  figured("mobilenet_v1_0.5_160/wasm/node", 3.06, [2.99, 3.07], [2, 2]),
  figured("mobilenet_v1_0.5_160/ts/node", 19.9, [19.7, 20.1], [3, 3]),
  figured("mobilenet_v1_0.5_160/tfjs-cpu/node", 115, [114, 119], [4, 4]),
  figured("mobilenet_v1_0.25_128/ort-node/node", 0.431, [0.421, 0.591], [1, 2]),
  figured("mobilenet_v1_0.25_128/wasm/node", 0.565, [0.563, 0.763], [1, 2]),
  figured("mobilenet_v1_0.25_128/ts/node", 4.61, [4.33, 4.84], [3, 3]),
  figured("mobilenet_v1_0.25_128/tfjs-cpu/node", 25.2, [23.2, 35.5], [4, 4]),
];

/** Ways to have no figure, with words that must stay words. */
export const FAILED: readonly SiteCell[] = [
  siteCell("mobilenet_v1_1.0_224/webgpu/chrome", { status: "device-lost", reason: "the device was lost" }),
  siteCell("mobilenet_v1_1.0_224/ort-webgpu/chrome", {
    status: "crash",
    reason: `<img src=x onerror="alert(1)"> & "quotes" \u202Edetrevni`,
  }),
  siteCell("mobilenet_v1_1.0_224/litert-webnn/chrome", { status: "unsupported", reason: "no such provider" }),
  siteCell("mobilenet_v1_0.5_160/mine/node", { status: "mismatch", reason: "logit 3 is off" }),
];

const OLDER = figured("mobilenet_v1_0.5_160/ort-wasm/node", 8.6, [8.5, 8.73], [5, 5]);
const { rank: _, ...withoutRank } = OLDER;

/** Shown and never ranked: on a software adapter, of an older run; and one of an unsaved tree, which competes. */
export const HOLLOW: readonly SiteCell[] = [
  siteCell("mobilenet_v1_0.5_160/tfjs-webgpu/chrome", {
    ms: 60,
    ci95: [55, 66],
    software: true,
    marks: ["software GPU"],
  }),
  { ...withoutRank, run: "2026-10-01-41dd91654feb", marks: [STALE] },
  { ...figured("mobilenet_v1_0.25_128/tfjs-wasm/node", 1.35, [1.3, 1.68], [3, 4]), dirty: true },
];

/** All of it. */
export const ALL_CELLS: readonly SiteCell[] = [...COMPETING, ...FAILED, ...HOLLOW];
