import { expect, it } from "vitest";
import { formatShard, parseShard } from "../src/shard.ts";

it.each(["1/1", "2/5", "20/20"])("reads %s and writes it as it was", (text) => {
  const shard = parseShard(text);
  expect(shard && formatShard(shard)).toBe(text);
});

it.each(["0/5", "6/5", "2", "2/", "/5", "-1/5", "1/0", "1.5/2", "2/5/6", " 1/2"])(
  "does not take %j for a shard",
  (text) => {
    expect(parseShard(text)).toBeUndefined();
  },
);
