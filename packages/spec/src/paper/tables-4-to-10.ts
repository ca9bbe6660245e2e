import type { ModelConfig } from "../networks/index.ts";
import type { PaperRow, PaperSubject } from "./figure.ts";

type Dataset = "ImageNet" | "Stanford Dogs";
type Printed = readonly [accuracy: string, multAdds: string, params: string];

/** Most tables of the paper have these columns: model, accuracy, million mult-adds, million parameters. */
function table(number: number, dataset: Dataset) {
  return (row: string, subject: PaperSubject, [accuracy, multAdds, params]: Printed): PaperRow => ({
    table: number,
    row,
    subject,
    printed: { [`${dataset} top-1` as const]: accuracy, "mult-adds": multAdds, params },
  });
}

function model(alpha: number, resolution: number, more: Partial<ModelConfig> = {}): PaperSubject {
  return { kind: "model", config: { alpha, resolution, ...more } };
}

const OTHER: PaperSubject = { kind: "other" };
/** Table 10 distinguishes the 120 breeds of Stanford Dogs. */
const DOGS = { classes: 120 } as const;

const t4 = table(4, "ImageNet");
const t5 = table(5, "ImageNet");
const t6 = table(6, "ImageNet");
const t7 = table(7, "ImageNet");
const t8 = table(8, "ImageNet");
const t9 = table(9, "ImageNet");
const t10 = table(10, "Stanford Dogs");

/**
 * 4: depthwise separable against full convolution; 5: narrow against shallow; 6: width multiplier;
 * 7: resolution; 8: against popular models; 9: smaller MobileNet against popular models; 10: Stanford Dogs.
 */
export const TABLES_4_TO_10: readonly PaperRow[] = [
  t4("Conv MobileNet", model(1, 224, { conv: true }), ["71.7", "4866", "29.3"]),
  t4("MobileNet", model(1, 224), ["70.6", "569", "4.2"]),

  t5("0.75 MobileNet", model(0.75, 224), ["68.4", "325", "2.6"]),
  t5("Shallow MobileNet", model(1, 224, { shallow: true }), ["65.3", "307", "2.9"]),

  t6("1.0 MobileNet-224", model(1, 224), ["70.6", "569", "4.2"]),
  t6("0.75 MobileNet-224", model(0.75, 224), ["68.4", "325", "2.6"]),
  t6("0.5 MobileNet-224", model(0.5, 224), ["63.7", "149", "1.3"]),
  t6("0.25 MobileNet-224", model(0.25, 224), ["50.6", "41", "0.5"]),

  t7("1.0 MobileNet-224", model(1, 224), ["70.6", "569", "4.2"]),
  t7("1.0 MobileNet-192", model(1, 192), ["69.1", "418", "4.2"]),
  t7("1.0 MobileNet-160", model(1, 160), ["67.2", "290", "4.2"]),
  t7("1.0 MobileNet-128", model(1, 128), ["64.4", "186", "4.2"]),

  t8("1.0 MobileNet-224", model(1, 224), ["70.6", "569", "4.2"]),
  t8("GoogleNet", OTHER, ["69.8", "1550", "6.8"]),
  t8("VGG 16", OTHER, ["71.5", "15300", "138"]),

  t9("0.50 MobileNet-160", model(0.5, 160), ["60.2", "76", "1.32"]),
  t9("SqueezeNet", OTHER, ["57.5", "1700", "1.25"]),
  t9("AlexNet", OTHER, ["57.2", "720", "60"]),

  t10("Inception V3", OTHER, ["84", "5000", "23.2"]),
  t10("1.0 MobileNet-224", model(1, 224, DOGS), ["83.3", "569", "3.3"]),
  t10("0.75 MobileNet-224", model(0.75, 224, DOGS), ["81.9", "325", "1.9"]),
  t10("1.0 MobileNet-192", model(1, 192, DOGS), ["81.9", "418", "3.3"]),
  t10("0.75 MobileNet-192", model(0.75, 192, DOGS), ["80.5", "239", "1.9"]),
];
