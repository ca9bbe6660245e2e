import type { z } from "zod";
import { UsageError } from "../usage-error.ts";

/** GitHub's API for one repository, as jobs have it in their environment. */
export interface GitHubApi {
  /**
   * @param path below the repository: `/issues`
   * @throws UsageError where GitHub refuses
   */
  request<T>(method: "GET" | "POST" | "PATCH", path: string, schema: z.ZodType<T>, body?: object): Promise<T>;
}

/** So that nothing waits for ever. */
const TIMEOUT_MS = 30_000;

/**
 * From the environment of a job, or of a desk that sets the same.
 * @throws UsageError where something is missing
 */
export function gitHubApi(env: Readonly<Record<string, string | undefined>> = process.env): GitHubApi {
  const { GITHUB_TOKEN, GITHUB_REPOSITORY, GITHUB_API_URL = "https://api.github.com" } = env;
  if (!GITHUB_TOKEN || !GITHUB_REPOSITORY)
    throw new UsageError(
      "GitHub is reached with GITHUB_TOKEN and GITHUB_REPOSITORY (owner/name) in the environment. Set both, or leave GitHub out.",
    );
  return {
    async request(method, path, schema, body) {
      const url = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}${path}`;
      const response = await fetch(url, {
        method,
        headers: {
          Accept: "application/vnd.github+json",
          Authorization: `Bearer ${GITHUB_TOKEN}`,
          "X-GitHub-Api-Version": "2022-11-28",
          ...(body && { "Content-Type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch((cause: unknown) => {
        throw new UsageError(`GitHub did not answer to ${method} ${url} (${String(cause)}). Try again.`, {
          cause,
        });
      });
      const text = await response.text();
      if (!response.ok)
        throw new UsageError(
          `GitHub refuses ${method} ${url}: ${response.status} ${response.statusText}. See that the token has the permission, and try again.`,
        );
      return schema.parse(JSON.parse(text));
    },
  };
}
