export { CLASSES, drawPicture, pictureInput, type LabelledPicture } from "./draw-picture.ts";
export { SPLITS, type Split } from "./split.ts";
