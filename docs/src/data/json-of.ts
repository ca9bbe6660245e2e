import type { Json } from "@mobilenet-bench/results";

/** A value as JSON holds it: what is undefined is absent, and nothing but plain data is left. */
export function jsonOf(value: object): Json {
  const json: Json = JSON.parse(JSON.stringify(value));
  return json;
}
