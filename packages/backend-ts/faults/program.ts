import { ODD, type BackendFault } from "@mobilenet-bench/backend/faults";

const cell = `${ODD}/ts/node`;
const threads = `${cell}?threads=2`;

/** Mistakes in what brings kernels, buffers and threads together. */
export const PROGRAM_FAULTS: readonly BackendFault[] = [
  {
    id: "ts/stale-layer",
    kind: "stale buffer",
    cell,
    edits: [
      {
        file: "run-step.ts",
        find: "KERNELS[step.layer.type](step, input, output, share);",
        replace:
          '(step.layer.name === "Conv2d_9_depthwise" && step.done ? output.set(step.done) : (KERNELS[step.layer.type](step, input, output, share), (step.done = output.slice())));',
      },
    ],
    layer: "Conv2d_9_depthwise",
    mode: "fed",
    why: "one layer keeps the output of the first inference",
  },
  {
    id: "ts/stale-input",
    kind: "stale buffer",
    cell,
    edits: [
      {
        file: "session.ts",
        find: "inputOf(program, from).set(input);",
        replace:
          "if (from > 0 || !this.seen) inputOf(program, from).set(input);\n        this.seen ||= from === 0;",
      },
    ],
    layer: "Conv2d_0",
    mode: "fed",
    why: "only the first picture is ever brought in",
  },
  {
    id: "ts/thread-slice",
    kind: "unwritten slice",
    cell: threads,
    edits: [
      {
        file: "share.ts",
        find: "to: boundary(index + 1)",
        replace: "to: boundary(index + (index + 1 < count ? 1 : 0))",
      },
    ],
    layer: "Conv2d_0",
    mode: "fed",
    why: "the last thread writes nothing",
  },
  {
    id: "ts/thread-seam",
    kind: "unwritten slice",
    cell: threads,
    edits: [
      {
        file: "share.ts",
        find: "from: boundary(index)",
        replace: "from: boundary(index) + (index > 0 ? unit : 0)",
      },
    ],
    layer: "Conv2d_0",
    mode: "fed",
    why: "a unit between two threads is written by neither",
  },
  {
    id: "ts/wrong-place",
    kind: "wrong buffer",
    cell,
    edits: [
      {
        file: "program.ts",
        find: "buffers[index & 1 ? 0 : 1].subarray(0, ",
        replace: "buffers[index & 1 ? 0 : 1].subarray(index === 8 ? 4 : 0).subarray(0, ",
      },
    ],
    layer: "Conv2d_5_depthwise",
    mode: "chained",
    why: "one layer leaves its output four values behind where the next one reads",
  },
  {
    id: "ts/batch-image",
    kind: "wrong buffer",
    cell,
    edits: [
      {
        file: "session.ts",
        find: "input.subarray(i * image, (i + 1) * image)",
        replace: "input.subarray(0, image)",
      },
    ],
    layer: "Logits",
    mode: "chained",
    why: "every picture of a batch is the first",
  },
];
