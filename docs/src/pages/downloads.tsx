import { TABLE_FORMS, tableFileName, WIDEST_COLUMNS, type FilteredTable } from "@mobilenet-bench/results";
import { Fragment } from "preact";
import type { Latest } from "../data/latest.ts";
import { copyText } from "../parts/copy-text.ts";
import { usePageContext } from "../parts/page-context.ts";
import { RunFileLink } from "../parts/run-file-link.tsx";
import type { Filtered } from "../state/filters.ts";
import { writeQuery } from "../state/query.ts";
import { DEFAULT_STATE, type SiteState } from "../state/site-state.ts";

const FORMS = ["csv", "json", "md"] as const;
type Form = (typeof FORMS)[number];
const NAMES: Readonly<Record<Form, string>> = { csv: "CSV", json: "JSON", md: "Markdown" };

interface DownloadsProps {
  readonly latest: Latest;
  readonly filtered: Filtered;
  readonly state: SiteState;
}

/** What is shown, as files, in full precision; and the whole runs that it is of. */
export function Downloads({ latest, filtered, state }: DownloadsProps) {
  const { document } = usePageContext();
  const table = tableOf(filtered, state);
  const text = (form: Form) => TABLE_FORMS[form].of(table, WIDEST_COLUMNS);
  return (
    <div class="downloads">
      <span class="scripted" role="group" aria-label="Download what is shown">
        Download:{" "}
        {FORMS.map((form) => (
          <button
            key={form}
            type="button"
            onClick={() =>
              saveFile(document, tableFileName(table.filters, form), TABLE_FORMS[form].type, text(form))
            }
          >
            {NAMES[form]}
          </button>
        ))}
      </span>
      <span class="scripted" role="group" aria-label="Copy what is shown">
        Copy:{" "}
        {FORMS.map((form) => (
          <button
            key={form}
            type="button"
            onClick={({ currentTarget }) => void copyText(currentTarget, text(form))}
          >
            {NAMES[form]}
          </button>
        ))}
      </span>
      <span>
        Whole runs:{" "}
        {latest.runs.map(({ id, file }) => (
          <Fragment key={id}>
            <RunFileLink file={file}>{id}</RunFileLink>{" "}
          </Fragment>
        ))}
      </span>
    </div>
  );
}

/** The words of the filters are those of the address, which are those of the command line. */
function tableOf({ shown, all }: Filtered, state: SiteState): FilteredTable {
  const { sort, group, scale } = DEFAULT_STATE;
  const query = writeQuery({ ...state, sort, group, scale });
  return {
    rows: shown,
    filters: query === "" ? [] : query.slice(1).split("&"),
    leftOut: all - shown.length,
  };
}

function saveFile(document: Document, name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
