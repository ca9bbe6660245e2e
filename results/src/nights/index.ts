export * from "./alert.ts";
export { isCommit } from "./answers.ts";
export * from "./judge-night.ts";
export * from "./night.ts";
export * from "./nights-so-far.ts";
export * from "./wanted-pairs.ts";
