interface CopyButtonProps {
  /** What is copied. */
  readonly text: string;
  /** What it is, as the button says: `Copy command`. */
  readonly children: string;
}

/** Copies on any page, whether or not it is drawn again: one listener of the whole page hears all of them. */
export function CopyButton({ text, children }: CopyButtonProps) {
  return (
    <button type="button" class="copy scripted" data-copy={text}>
      {children}
    </button>
  );
}
