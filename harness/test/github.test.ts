import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Alert } from "@mobilenet-bench/results";
import { putComment } from "../src/github/comment.ts";
import { gitHubApi } from "../src/github/github-api.ts";
import { gitHubIssues } from "../src/github/github-issues.ts";
import { closingText, issueText } from "../src/nightly/issue-text.ts";

const ALERT: Alert = {
  schema: 1,
  kind: "slower",
  cell: "mobilenet_v1_0.5_160/wasm/node",
  machine: "abc",
  opened: { night: "2026-11-28", at: "2026-11-28T01:00:00.000Z" },
  base: "a".repeat(40),
  candidate: "b".repeat(40),
  ratio: 1.031,
  words: "slower by 3.1 %",
  causes: ["node 24.20.0 → 24.21.0"],
};

interface Entry {
  number: number;
  id: number;
  body: string;
  title?: string;
  state: string;
  comments: string[];
}
let server: Server;
let entries: Entry[] = [];
let comments: { id: number; body: string }[] = [];
let calls: string[] = [];
let refuses = false;

/** As much of GitHub as is asked for. */
beforeEach(async () => {
  [entries, comments, calls, refuses] = [[], [], [], false];
  server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      calls.push(`${method} ${url.replace(/\?.*/, "")}`);
      const sent = Buffer.concat(chunks).toString();
      const body = sent === "" ? {} : JSON.parse(sent);
      const ok = headers.authorization === "Bearer secret" && !refuses;
      response.statusCode = ok ? 200 : 403;
      response.end(JSON.stringify(ok ? answer(method, url, body) : { message: "no" }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

function answer(
  method: string,
  url: string,
  body: { body?: string; title?: string; state?: string },
): unknown {
  const [, issue] = /\/issues\/(\d+)/.exec(url) ?? [];
  const [, comment] = /\/issues\/comments\/(\d+)/.exec(url) ?? [];
  const entry = entries.find(({ number }) => String(number) === issue);
  if (comment !== undefined) {
    const found = comments.find(({ id }) => String(id) === comment);
    if (found) found.body = body.body ?? "";
    return found;
  }
  if (/\/issues\/\d+\/comments/.test(url)) {
    if (method === "GET") return comments;
    const made = { id: comments.length + 1, body: body.body ?? "" };
    comments.push(made);
    entry?.comments.push(made.body);
    return made;
  }
  if (entry) {
    entry.state = body.state ?? entry.state;
    return entry;
  }
  if (method === "GET") return entries.filter(({ state }) => state === "open");
  const number = entries.length + 7;
  const made = {
    number,
    id: number,
    body: body.body ?? "",
    title: body.title ?? "",
    state: "open",
    comments: [],
  };
  entries.push(made);
  return made;
}

function api(token = "secret") {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens nowhere.");
  const { port } = address;
  return gitHubApi({
    GITHUB_TOKEN: token,
    GITHUB_REPOSITORY: "someone/bench",
    GITHUB_API_URL: `http://127.0.0.1:${port}`,
  });
}

describe("issues on GitHub", () => {
  it("are opened once, however often the night is reported", async () => {
    expect(await gitHubIssues(api()).open(ALERT)).toBe(7);
    expect(await gitHubIssues(api()).open(ALERT)).toBe(7);
    expect(entries).toHaveLength(1);
    expect(entries[0]?.title).toBe("Slower: 0.5_160/wasm/node by 3.1 %");
  });

  it("are closed with the reason, by number or as they are found", async () => {
    const closed = {
      ...ALERT,
      closed: { night: "2026-11-30", at: "2026-11-30T01:00:00.000Z", words: "same within 1.5 %" },
    };
    const issue = await gitHubIssues(api()).open(ALERT);
    await gitHubIssues(api()).close(closed);
    expect(entries).toMatchObject([{ number: issue, state: "closed", comments: [closingText(closed)] }]);
    await gitHubIssues(api()).close(closed);
    expect(entries[0]?.comments).toHaveLength(1);
  });

  it("say which command and permission was refused", async () => {
    await expect(gitHubIssues(api("wrong")).open(ALERT)).rejects.toThrow(
      /GitHub refuses GET .*someone\/bench\/issues.*: 403 .*See that the token has the permission/,
    );
    expect(() => gitHubApi({ GITHUB_TOKEN: "x" })).toThrow(/GITHUB_TOKEN and GITHUB_REPOSITORY/);
  });
});

it("puts a comment, and the next one in its place", async () => {
  const put = (text: string, name = "comparison") => putComment(api(), { pullRequest: 12, name, text });
  await put("first");
  await put("another", "action");
  await put("second");
  expect(comments.map(({ body }) => body.split("\n")[0])).toEqual(["second", "another"]);
  expect(calls.filter((call) => call.startsWith("POST"))).toHaveLength(2);
});

describe("the text of an issue", () => {
  it("tells the cell, the commits, what else changed, and the command that shows it again", () => {
    const { body } = issueText(ALERT);
    expect(body).toContain("**slower by 3.1 %**");
    expect(body).toContain(`mnb compare ${ALERT.base} ${ALERT.candidate} 'mobilenet_v1_0.5_160/wasm/node'`);
    expect(body).toContain("node 24.20.0");
    expect(body).toContain("closed by the night whose pairs say");
  });

  it("is harmless, whatever runs say", () => {
    const hostile = {
      ...ALERT,
      base: "x'; rm -rf ~",
      words: "<img src=x> @everyone\n# h",
      causes: ["[a](http://b)"],
    };
    const { body } = issueText(hostile);
    expect(body).not.toMatch(/(?<!`)<img/);
    expect(body).not.toContain("mnb compare x'");
    expect(body).toContain("`[a](http://b)`");
  });

  it("of a vanished cell says how to look at it", () => {
    const { title, body } = issueText({ ...ALERT, kind: "vanished", words: "It ended as crash." });
    expect(title).toBe("No figure any more: 0.5_160/wasm/node");
    expect(body).toContain("mnb run 'mobilenet_v1_0.5_160/wasm/node'");
  });
});
