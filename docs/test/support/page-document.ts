import { parseHTML } from "linkedom";

/** A document without a page, as the build draws in. */
export function pageDocument(): Document {
  return parseHTML("<!doctype html><html><body></body></html>").document;
}
