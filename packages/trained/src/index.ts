export { CLASSES, drawPicture, pictureInput, pictureLabel, type LabelledPicture } from "./draw-picture.ts";
export { SPLITS, type Split } from "./split.ts";
export { HELD_OUT_ACCURACY, TRAINED_MODEL } from "./trained-model.ts";
