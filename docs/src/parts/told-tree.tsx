import type { Json } from "@mobilenet-bench/results";

interface ToldTreeProps {
  readonly told: Json;
}

/** Whatever JSON says, as nested lists of names and values; all of it text. */
export function ToldTree({ told }: ToldTreeProps) {
  if (typeof told !== "object" || told === null) return <span class="leaf">{String(told)}</span>;
  const entries = Object.entries(told);
  if (entries.length === 0) return <span class="leaf">none</span>;
  if (isPlainList(told)) return <span class="leaf">{told.join(", ")}</span>;
  return (
    <dl class="tree">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <ToldTree told={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Names, numbers: what reads best on one line. */
function isPlainList(told: Json): told is readonly (string | number | boolean | null)[] {
  return Array.isArray(told) && told.every((value) => typeof value !== "object" || value === null);
}
