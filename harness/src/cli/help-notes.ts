import type { Command } from "commander";

/** A paragraph, or terms with what each means. */
export type HelpNote = string | Readonly<Record<string, string>>;

/** What stands under the help of a command, as wide as the terminal. */
export function helpNotes(...notes: readonly HelpNote[]): (context: { readonly command: Command }) => string {
  return ({ command }) => {
    const helper = command.createHelp();
    const helpWidth = command.configureOutput().getOutHelpWidth?.() ?? helper.helpWidth ?? 80;
    helper.prepareContext({ helpWidth });
    const texts = notes.map((note) => {
      if (typeof note === "string") return helper.boxWrap(note, helpWidth);
      const width = Math.max(...Object.keys(note).map((term) => helper.displayWidth(term)));
      return Object.entries(note)
        .map(([term, meaning]) => helper.formatItem(term, width, meaning, helper))
        .join("\n");
    });
    return `\n${texts.join("\n")}`;
  };
}
