import type { PageProps } from "../parts/page-props.ts";
import { GROUPS, type Group } from "../state/site-state.ts";

/** How rows are grouped, and what they must say. */
export function TableControls({ state, change }: Pick<PageProps, "state" | "change">) {
  return (
    <div class="filters scripted">
      <label>
        Group by{" "}
        <select
          value={state.group}
          onChange={({ currentTarget }) => change({ ...state, group: groupOf(currentTarget.value) })}
        >
          {GROUPS.map((group) => (
            <option key={group} value={group} selected={group === state.group}>
              {group === "none" ? "nothing" : group}
            </option>
          ))}
        </select>
      </label>
      <label>
        Search{" "}
        <input
          type="search"
          value={state.search}
          onInput={({ currentTarget }) => change({ ...state, search: currentTarget.value }, "slide")}
        />
      </label>
    </div>
  );
}

function groupOf(text: string): Group {
  return GROUPS.find((group) => group === text) ?? "model";
}
