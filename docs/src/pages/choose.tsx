import {
  budgetText,
  CHOICE_COLUMNS,
  choiceRows,
  choiceSentence,
  choose,
  type Budget,
  type ChoiceRow,
} from "@mobilenet-bench/results";
import { useMemo } from "preact/hooks";
import { frontier } from "../charts/frontier.ts";
import type { SiteCell } from "../data/site-cell.ts";
import { CellLink } from "../parts/cell-link.tsx";
import { Command } from "../parts/command.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Figure } from "../parts/figure.tsx";
import { Filters } from "../parts/filters.tsx";
import { KeyGlyph } from "../parts/key-glyph.tsx";
import { LeftOutLine } from "../parts/left-out.tsx";
import { LinkButtons } from "../parts/link-buttons.tsx";
import type { PageProps } from "../parts/page-props.ts";
import { chooseCommand } from "../state/commands.ts";
import { filterCells } from "../state/filters.ts";
import type { SiteState } from "../state/site-state.ts";
import { alignedOnPoint } from "../style/align-on-point.ts";
import { BudgetInputs } from "./budget-inputs.tsx";

const KEYS = ["backend", "target", "threads", "precision"] as const;
/** What is answered before anybody has asked. */
const USUAL_MS = 20;

/** The most accurate model and backend within a budget, what ties, and what the next step up costs. */
export function Choose(props: PageProps) {
  const { latest, state, change } = props;
  const filtered = useMemo(() => filterCells(latest.cells, state), [latest, state]);
  const budget = budgetOf(state);
  const { latencyMs, sizeBytes } = budget;
  const choice = useMemo(
    () =>
      choose(filtered.shown, {
        ...(latencyMs !== undefined && { latencyMs }),
        ...(sizeBytes !== undefined && { sizeBytes }),
      }),
    [filtered, latencyMs, sizeBytes],
  );
  const data = useMemo(() => ({ choice }), [choice]);
  const rows = choiceRows(choice);
  return (
    <>
      <h1>Choose within {budgetText(budget)}</h1>
      <p class="where">
        {latest.machine.title} · {latest.machine.os}
      </p>
      <BudgetInputs state={state} budget={budget} change={change} />
      <Filters {...props} keys={KEYS} />
      {filtered.shown.length === 0 ? (
        <EmptyState filtered={filtered} state={state} change={change} />
      ) : (
        <>
          <p class="answer" role="status">
            {choiceSentence(choice)}
          </p>
          {rows.length > 0 && <Answer rows={rows} />}
          <Figure id="frontier" draw={frontier} data={data} opens="cell" />
        </>
      )}
      <LeftOutLine filtered={filtered} />
      {choice.leftOut.length > 0 && (
        <p class="left-out">
          Not chosen among: {choice.leftOut.map(({ why, cells }) => `${cells} ${why}`).join(" · ")}
        </p>
      )}
      <p>
        Accuracy is what the authors published for weights of theirs; latency is what was measured here, with
        generated weights. A choice goes by the upper end of the 95 % interval.
      </p>
      <p>
        <Command command={chooseCommand(budget, state, latest.machine.id)} />
      </p>
      <LinkButtons latest={latest} state={state} />
    </>
  );
}

/** What the address says; where it says nothing, the usual. */
function budgetOf({ budget, size }: SiteState): Budget {
  if (budget === undefined && size === undefined) return { latencyMs: USUAL_MS };
  return {
    ...(budget !== undefined && { latencyMs: budget }),
    ...(size !== undefined && { sizeBytes: size * 1e6 }),
  };
}

/** The words and columns of `mnb choose`. */
function Answer({ rows }: { readonly rows: readonly ChoiceRow<SiteCell>[] }) {
  const columns = CHOICE_COLUMNS.map(({ title, align, value }) => {
    const texts = rows.map(value);
    return { title, align, texts: align === "right" ? alignedOnPoint(texts) : texts };
  });
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label="The choice: table">
      <table class="choice-table">
        <caption>What can be had, and what it costs</caption>
        <thead>
          <tr>
            {CHOICE_COLUMNS.map(({ title, align }) => (
              <th key={title} scope="col" class={align === "right" ? "number" : undefined}>
                {title === "" ? "is" : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={`${row.role} ${row.offer.cell.id}`} class={row.role === "best" ? "best" : undefined}>
              {columns.map(({ title, align, texts }) => (
                <td key={title} class={classOf(title, align)}>
                  {title === "backend" ? (
                    <>
                      <KeyGlyph backend={row.offer.cell.backend} />{" "}
                      <CellLink cell={row.offer.cell}>{texts[i]}</CellLink>
                    </>
                  ) : (
                    texts[i]
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf(title: string, align: "left" | "right"): string | undefined {
  if (align === "right") return "number";
  return title === "note" ? "words" : undefined;
}
