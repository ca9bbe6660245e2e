interface ErrorStateProps {
  /** One line, which names the remedy. */
  readonly message: string;
  readonly retry: () => void;
}

/** Data that could not be loaded: what was built into the page stays beneath it. */
export function ErrorState({ message, retry }: ErrorStateProps) {
  return (
    <p class="error-state" role="alert">
      {message}{" "}
      <button type="button" onClick={retry}>
        Retry
      </button>
    </p>
  );
}
