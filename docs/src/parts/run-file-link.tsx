import type { ComponentChildren } from "preact";
import { archiveOf } from "../data/archive-of.ts";
import { usePageContext } from "./page-context.ts";

interface RunFileLinkProps {
  /** The name of the run's file. */
  readonly file: string;
  readonly children: ComponentChildren;
}

/** To a whole run, compressed: the name that it is saved under says so. */
export function RunFileLink({ file, children }: RunFileLinkProps) {
  const { root } = usePageContext();
  const archive = archiveOf(file);
  return (
    <a href={`${root}runs/${archive}`} download={archive} type="application/gzip">
      {children}
    </a>
  );
}
