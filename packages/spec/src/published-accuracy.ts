/** Per cent of ImageNet's validation pictures, single crop. */
export interface Accuracy {
  readonly top1: number;
  readonly top5: number;
}

/** What the authors published of a trained model. */
export interface PublishedAccuracy {
  /** Its canonical name. */
  readonly model: string;
  /** In millions, as printed: those of α = 0.75 and of 0.25 at 192 differ from the computed ones. */
  readonly printedMultAdds: number;
  readonly float: Accuracy;
  /** Of the checkpoint that was trained for 8-bit arithmetic. */
  readonly quantized: Accuracy;
}

/** Where the figures stand: whoever shows one names it. */
export const ACCURACY_SOURCE = {
  title: "MobileNet_v1, the authors' release: checkpoints of 2018-02-22, single crop",
  url: "https://github.com/tensorflow/models/blob/master/research/slim/nets/mobilenet_v1.md",
} as const;

type Printed = readonly [
  name: string,
  multAdds: number,
  top1: number,
  top5: number,
  quantizedTop1: number,
  quantizedTop5: number,
];

/** As the release's table has them, row by row. */
const PRINTED: readonly Printed[] = [
  ["1.0_224", 569, 70.9, 89.9, 69.7, 89.5],
  ["1.0_192", 418, 70.0, 89.2, 69.0, 88.9],
  ["1.0_160", 291, 68.0, 87.7, 67.3, 87.7],
  ["1.0_128", 186, 65.2, 85.8, 64.0, 85.5],
  ["0.75_224", 317, 68.4, 88.2, 67.9, 88.1],
  ["0.75_192", 233, 67.2, 87.3, 66.2, 87.1],
  ["0.75_160", 162, 65.3, 86.0, 63.9, 85.5],
  ["0.75_128", 104, 62.1, 83.9, 59.8, 82.8],
  ["0.5_224", 150, 63.3, 84.9, 62.2, 84.5],
  ["0.5_192", 110, 61.7, 83.6, 60.4, 83.2],
  ["0.5_160", 77, 59.1, 81.9, 57.7, 81.3],
  ["0.5_128", 49, 56.3, 79.4, 54.9, 78.9],
  ["0.25_224", 41, 49.8, 74.2, 48.2, 73.8],
  ["0.25_192", 34, 47.7, 72.3, 45.8, 71.9],
  ["0.25_160", 21, 45.5, 70.3, 43.5, 69.1],
  ["0.25_128", 14, 41.5, 66.3, 39.9, 65.8],
];

/**
 * The ImageNet accuracy of the sixteen models as {@link ACCURACY_SOURCE} prints it. It is published data and never measured
 * here; the paper's tables have other figures for the same models ({@link PAPER_ROWS}), of an earlier training.
 */
export const PUBLISHED_ACCURACY: readonly PublishedAccuracy[] = PRINTED.map(
  ([name, printedMultAdds, top1, top5, quantizedTop1, quantizedTop5]) => ({
    model: `mobilenet_v1_${name}`,
    printedMultAdds,
    float: { top1, top5 },
    quantized: { top1: quantizedTop1, top5: quantizedTop5 },
  }),
);

const BY_MODEL: ReadonlyMap<string, PublishedAccuracy> = new Map(
  PUBLISHED_ACCURACY.map((one) => [one.model, one]),
);

/** Of a model by its canonical name; undefined where the release has none of it. */
export function publishedAccuracy(model: string): PublishedAccuracy | undefined {
  return BY_MODEL.get(model);
}
