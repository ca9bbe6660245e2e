import { z } from "zod";
import { alertMarker, closingText, issueText } from "../nightly/issue-text.ts";
import type { Issues } from "../nightly/issues.ts";
import type { GitHubApi } from "./github-api.ts";

/** By which issues of this program are found among all others. */
const LABEL = "mobilenet-bench";
const PAGE = 100;

const issueSchema = z.object({ number: z.int(), body: z.string().nullable() });

/** Issues of a repository on GitHub. An alert whose issue is there already gets no second one. */
export function gitHubIssues(api: GitHubApi): Issues {
  const find = async (marker: string): Promise<number | undefined> => {
    for (let page = 1; ; page++) {
      const query = `?labels=${LABEL}&state=open&per_page=${PAGE}&page=${page}`;
      const issues = await api.request("GET", `/issues${query}`, z.array(issueSchema));
      const found = issues.find(({ body }) => body?.includes(marker));
      if (found) return found.number;
      if (issues.length < PAGE) return undefined;
    }
  };
  return {
    async open(alert) {
      const known = await find(alertMarker(alert));
      if (known !== undefined) return known;
      const { number } = await api.request("POST", "/issues", issueSchema, {
        ...issueText(alert),
        labels: [LABEL],
      });
      return number;
    },
    async close(alert) {
      const number = alert.issue ?? (await find(alertMarker(alert)));
      if (number === undefined) return;
      await api.request("POST", `/issues/${number}/comments`, z.unknown(), { body: closingText(alert) });
      await api.request("PATCH", `/issues/${number}`, z.unknown(), {
        state: "closed",
        state_reason: "completed",
      });
    },
  };
}
