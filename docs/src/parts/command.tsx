import { CopyButton } from "./copy-button.tsx";

interface CommandProps {
  readonly command: string;
  /** `Copy command`, where nothing is given. */
  readonly label?: string;
}

/** A command of the command line, to be read and to be copied. */
export function Command({ command, label = "Copy command" }: CommandProps) {
  return (
    <span class="command">
      <code>{command}</code> <CopyButton text={command}>{label}</CopyButton>
    </span>
  );
}
