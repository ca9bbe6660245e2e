export { readTfjs } from "./read-tfjs.ts";
export { writeTfjs } from "./write/write-tfjs.ts";
