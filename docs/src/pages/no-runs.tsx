import { Command } from "../parts/command.tsx";

/** A site of no runs: what stands in place of figures, and how to come by some. */
export function NoRuns() {
  return (
    <>
      <h1>No run is published yet</h1>
      <p>
        Figures come from run files. To measure some: <Command command="./mnb run" />
      </p>
      <p>
        Then, to build this site of them: <Command command="./mnb site build --runs .mnb/runs" />
      </p>
    </>
  );
}
