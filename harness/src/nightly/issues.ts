import { join } from "node:path";
import { writeWhole } from "@mobilenet-bench/files";
import type { Alert } from "@mobilenet-bench/results";
import { closingText, issueText } from "./issue-text.ts";

/** Where issues are opened and closed. */
export interface Issues {
  /**
   * Opens one, or finds the one that was opened before.
   * @returns its number, where it has one
   */
  open(alert: Alert): Promise<number | undefined>;
  /** Says why, and closes it. */
  close(alert: Alert): Promise<void>;
}

/** Their texts as files of Markdown, for a desk: a title, then the body. */
export function issuesInFolder(folder: string): Issues {
  const pathOf = ({ kind, cell, machine }: Alert, what: string) =>
    join(folder, `${what}-${kind}-${machine}-${cell.replaceAll(/[^A-Za-z0-9._-]+/g, "-")}.md`);
  return {
    async open(alert) {
      const { title, body } = issueText(alert);
      await writeWhole(pathOf(alert, "open"), `# ${title}\n\n${body}\n`);
      return undefined;
    },
    async close(alert) {
      await writeWhole(pathOf(alert, "close"), `# ${issueText(alert).title}\n\n${closingText(alert)}\n`);
    },
  };
}
