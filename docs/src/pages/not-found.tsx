import { usePageContext } from "../parts/page-context.ts";
import { PAGES, pageLink } from "../state/links.ts";

/** An address that nothing stands at. */
export function NotFound() {
  const { root } = usePageContext();
  return (
    <>
      <h1>There is no such page</h1>
      <p>A cell that was published once keeps its address; check the one that led here. What there is:</p>
      <ul>
        {PAGES.map(({ name, title }) => (
          <li key={name}>
            <a href={pageLink(root, name)}>{title}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
