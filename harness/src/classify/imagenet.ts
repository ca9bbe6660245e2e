import { IMAGENET_CLASSES } from "@tensorflow-models/mobilenet/dist/imagenet_classes.js";

/** How many classes networks have that were trained on ImageNet (ILSVRC 2012), without and with a class of background. */
const CLASSES = 1000;
const WITH_BACKGROUND = CLASSES + 1;
const BACKGROUND = "background";

/**
 * The names of ImageNet's classes for a network with as many: of 1001 the first is the background, as TensorFlow's
 * authors trained MobileNet. Of several names of a class the first, unless another class has it too.
 * @returns undefined for any other number of classes
 */
export function imagenetLabels(classes: number): readonly string[] | undefined {
  if (classes !== CLASSES && classes !== WITH_BACKGROUND) return undefined;
  const names = Array.from({ length: CLASSES }, (_, index) => IMAGENET_CLASSES[index] ?? `class ${index}`);
  const firsts = names.map((name) => name.split(", ")[0] ?? name);
  const labels = distinct(
    distinct(firsts, (index) => names[index]),
    (index) => `${names[index]} (${index})`,
  );
  return classes === CLASSES ? labels : [BACKGROUND, ...labels];
}

/** The names, with longer ones in place of those that stand for more than one class. */
function distinct(
  names: readonly string[],
  longer: (index: number) => string | undefined,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name, index) => (counts.get(name) === 1 ? name : (longer(index) ?? name)));
}
