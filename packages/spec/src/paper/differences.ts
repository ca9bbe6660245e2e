import type { PaperQuantity } from "./figure.ts";

/** Why one printed figure is not the computed one rounded. */
export interface PaperDifference {
  readonly table: number;
  readonly row: string;
  readonly quantity: PaperQuantity;
  readonly why: string;
}

const THOUSAND_CLASSES =
  "The table repeats the figure of the network with 1000 classes; its parameters are those of 120 classes.";

/** Every place of the paper where printed and computed differ by more than rounding. */
export const PAPER_DIFFERENCES: readonly PaperDifference[] = [
  {
    table: 1,
    row: "row 26",
    quantity: "layer",
    why: "A misprint: the layers that follow have 7×7 inputs, which only stride 1 leaves.",
  },
  {
    table: 2,
    row: "Conv 3×3",
    quantity: "share of mult-adds",
    why: "Two digits seem to be swapped: the printed column adds up to 99.29 %, with 1.91 % to 100.01 %.",
  },
  {
    table: 4,
    row: "Conv MobileNet",
    quantity: "mult-adds",
    why: "4866 comes out without the dense layer (4866.27); the other rows of the paper count it.",
  },
  {
    table: 7,
    row: "1.0 MobileNet-160",
    quantity: "mult-adds",
    why: "Cut off instead of rounded, or counted without the dense layer (289.65).",
  },
  {
    table: 9,
    row: "0.50 MobileNet-160",
    quantity: "mult-adds",
    why: "Cut off instead of rounded, or counted without the dense layer (76.01).",
  },
  { table: 10, row: "1.0 MobileNet-224", quantity: "mult-adds", why: THOUSAND_CLASSES },
  { table: 10, row: "1.0 MobileNet-192", quantity: "mult-adds", why: THOUSAND_CLASSES },
];
