import type { BackendFault } from "../fault.ts";
import { ODD, SHALLOW } from "./models.ts";

/** How each backend takes the pictures of a batch apart, and on which model it is tried. */
const SLICES = {
  ts: { model: ODD, find: "input.subarray(i * image, (i + 1) * image)" },
  wasm: { model: ODD, find: "input.subarray(i * perImage, (i + 1) * perImage)" },
  webgpu: { model: SHALLOW, find: "input.subarray(i * this.#imageLength, (i + 1) * this.#imageLength)" },
};

/** Mistakes that only show where several pictures are inferred at once. */
export const BATCH_FAULTS: readonly BackendFault[] = Object.entries(SLICES).map(
  ([backend, { model, find }]) => ({
    id: `${backend}/batch-image`,
    kind: "wrong buffer",
    cell: `${model}/${backend}/node`,
    edits: [
      {
        module: `backend-${backend}/session.js`,
        find,
        replace: find.replace(/i \* .*, \(i \+ 1\) \* /, "0, "),
      },
    ],
    layer: "Logits",
    mode: "chained",
    why: "every picture of a batch is the first",
  }),
);
