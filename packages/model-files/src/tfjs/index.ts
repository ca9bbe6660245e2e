export { readTfjs } from "./read-tfjs.ts";
