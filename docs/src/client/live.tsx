import type { FunctionComponent } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { MachineChoice } from "../data/facts.ts";
import type { Latest } from "../data/latest.ts";
import { ErrorState } from "../parts/error-state.tsx";
import { Notices } from "../parts/notices.tsx";
import { PageContextProvider } from "../parts/page-context.ts";
import type { PageProps } from "../parts/page-props.ts";
import { readQuery, writeQuery, type ReadQuery } from "../state/query.ts";
import { dataPath } from "./load-latest.ts";

interface LiveProps {
  readonly page: FunctionComponent<PageProps>;
  readonly root: string;
  readonly machines: readonly MachineChoice[];
  /** The machine of an address that names none: that with most of the field. */
  readonly usual: string;
  readonly load: (path: string) => Promise<Latest>;
  /** What the page begins with, and what it is called. */
  readonly first: Latest;
  readonly firstPath: string;
}

/** A page that follows its address, and whose address follows it. */
export function Live({ page: Page, root, machines, usual, load, first, firstPath }: LiveProps) {
  const [read, setRead] = useState<ReadQuery>(() => readQuery(location.search));
  const [shown, setShown] = useState({ latest: first, path: firstPath });
  const [failure, setFailure] = useState<string>();
  const { state, notices } = read;
  const wanted = dataPath(state, usual);

  const fetchWanted = useCallback(() => {
    let isWanted = true;
    const begin = async () => {
      try {
        const latest = await load(wanted);
        if (!isWanted) return;
        setShown({ latest, path: wanted });
        setFailure(undefined);
      } catch (error) {
        if (isWanted) setFailure(error instanceof Error ? error.message : String(error));
      }
    };
    void begin();
    return () => void (isWanted = false);
  }, [load, wanted]);
  useEffect(() => (wanted === shown.path ? undefined : fetchWanted()), [fetchWanted, wanted, shown.path]);

  useEffect(() => {
    const follow = () => {
      setRead(readQuery(location.search));
      setFailure(undefined);
    };
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);

  const change = useCallback<PageProps["change"]>((next, how = "step") => {
    const address = location.pathname + writeQuery(next);
    if (how === "slide") history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    setRead({ state: next, notices: [] });
    setFailure(undefined);
  }, []);

  const place = useMemo(() => ({ root, document }), [root]);
  return (
    <PageContextProvider value={place}>
      <Notices notices={notices} />
      {failure !== undefined && <ErrorState message={failure} retry={() => void fetchWanted()} />}
      <Page latest={shown.latest} machines={machines} state={state} change={change} />
    </PageContextProvider>
  );
}
