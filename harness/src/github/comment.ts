import { z } from "zod";
import type { GitHubApi } from "./github-api.ts";

const PAGE = 100;
const commentSchema = z.object({ id: z.int(), body: z.string().nullish() });

/** By which a comment is known again, invisible where Markdown is shown. */
function markerOf(name: string): string {
  return `<!-- mobilenet-bench comment ${name} -->`;
}

/**
 * Puts a comment of Markdown at a pull request, in place of the one of that name that it put there before.
 * @param name what tells comments of one pull request apart
 */
export async function putComment(
  api: GitHubApi,
  { pullRequest, name, text }: { readonly pullRequest: number; readonly name: string; readonly text: string },
): Promise<void> {
  const body = `${text}\n\n${markerOf(name)}`;
  for (let page = 1; ; page++) {
    const path = `/issues/${pullRequest}/comments?per_page=${PAGE}&page=${page}`;
    const comments = await api.request("GET", path, z.array(commentSchema));
    const before = comments.find((comment) => comment.body?.includes(markerOf(name)));
    if (before) {
      await api.request("PATCH", `/issues/comments/${before.id}`, commentSchema, { body });
      return;
    }
    if (comments.length < PAGE) break;
  }
  await api.request("POST", `/issues/${pullRequest}/comments`, commentSchema, { body });
}
