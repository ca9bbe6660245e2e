/** What backends of one family share in every drawing: their colour, and the dash that tells it where there is none. */
export interface FamilyMark {
  /** As legends say it. */
  readonly name: string;
  readonly colour: string;
  /** Of its lines, as `stroke-dasharray`; undefined is solid. */
  readonly dash?: string;
}

/** In the order of legends. Their colours are tokens of `style/tokens.css`, held apart by a test. */
export const FAMILIES = {
  ours: { name: "mobilenet-bench", colour: "var(--family-ours)" },
  tfjs: { name: "TensorFlow.js", colour: "var(--family-tfjs)", dash: "2 3" },
  ort: { name: "ONNX Runtime", colour: "var(--family-ort)", dash: "6 3" },
  litert: { name: "LiteRT", colour: "var(--family-litert)", dash: "8 3 2 3" },
  reference: { name: "float64 reference", colour: "var(--family-reference)", dash: "1 2" },
  // Of a backend that somebody else wrote nothing is known but its id.
  outside: { name: "from outside", colour: "var(--family-outside)", dash: "12 3" },
} as const satisfies Readonly<Record<string, FamilyMark>>;

/** The name of a family, which is also that of its token. */
export type Family = keyof typeof FAMILIES;
