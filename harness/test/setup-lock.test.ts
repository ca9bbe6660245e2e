import { existsSync } from "node:fs";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { withLock } from "../setup/lock.mjs";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("lets one set-up wait for another, and says so once", async () => {
  const events: string[] = [];
  const messages: string[] = [];
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  const first = withLock(
    folder,
    () => {},
    async () => {
      events.push("first begins");
      await mayEnd;
      events.push("first ends");
    },
  );
  const second = withLock(
    folder,
    (message) => {
      messages.push(message);
      end();
    },
    async () => {
      events.push("second begins");
    },
  );
  await Promise.all([first, second]);
  expect(events).toEqual(["first begins", "first ends", "second begins"]);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toContain(String(process.pid));
});

it("is released where the work throws", async () => {
  const fails = withLock(
    folder,
    () => {},
    () => Promise.reject(new Error("no network")),
  );
  await expect(fails).rejects.toThrow("no network");
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

it.each([
  ["of a process that is gone", { pid: 2 ** 30, host: hostname() }, 0],
  ["that nobody has touched for long", { pid: 1, host: "another machine" }, 120],
])("takes over the lock %s", async (_, owner, ageSeconds) => {
  const path = join(folder, "lock");
  await writeFile(path, JSON.stringify(owner));
  const then = Date.now() / 1000 - ageSeconds;
  await utimes(path, then, then);
  const messages: string[] = [];
  expect(
    await withLock(
      folder,
      (message) => messages.push(message),
      async () => "ran",
    ),
  ).toBe("ran");
  expect(messages).toEqual([]);
});
