import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** What parts of a page need to know of where they are. */
interface PageContext {
  /** From this page to the root of the site: `../../`, or `./`. Nothing knows the site's own address. */
  readonly root: string;
  /** That of the page, or of linkedom where the page is built. */
  readonly document: Document;
  /** `report`: a file of its own, without script and with nothing to lead to. A page where it is absent. */
  readonly medium?: "page" | "report";
}

const Context = createContext<PageContext | undefined>(undefined);

/** Gives all parts within it the same place. */
export const PageContextProvider = Context.Provider;

/** @throws Error outside a page */
export function usePageContext(): PageContext {
  const context = useContext(Context);
  if (context === undefined)
    throw new Error("[docs] a part is outside a page. This is a bug; please report it.");
  return context;
}
