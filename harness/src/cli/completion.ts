import { RootCommand, type Complete } from "@bomb.sh/tab";
import { Argument, Command, type Option } from "commander";
import { print } from "./output.ts";
import { candidatesOf, cellIds, refNames, runNames, type Candidates } from "./candidates.ts";
import { helpNotes } from "./help-notes.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"];
const PATH_VALUE = /[<[](file|folder|path)[>\]]/;
const PATH_ARGUMENT = /^(file|image|output)$/;
/** What the scripts call with the words so far; for no one else. */
const CALLBACK = "complete";

/** What the script for bash leaves to the package bash-completion and to nobody: splitting words, and files. */
const BASH_TOO = `
declare -F _get_comp_words_by_ref > /dev/null || _get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}") cword=$COMP_CWORD
    cur=\${words[cword]} prev=\${words[cword-1]}
}
complete -o default -F __mnb_complete mnb`;

/** `mnb completion`, and what its scripts call back. */
export function addCompletion(program: Command): Command {
  const completion = new Command("completion")
    .description("A script that makes a shell complete commands, options and their values, cells and runs.")
    .addArgument(new Argument("<shell>", "whose script").choices(SHELLS))
    .addHelpText(
      "after",
      helpNotes(
        "For this session:",
        {
          bash: "source <(./mnb completion bash)",
          zsh: "source <(./mnb completion zsh)",
          fish: "./mnb completion fish | source",
        },
        "For all sessions, put that line into ~/.bashrc, ~/.zshrc or ~/.config/fish/config.fish, with the path of mnb.",
      ),
    )
    .action((shell: string) => {
      new RootCommand().setup(program.name(), executable(), shell);
      if (shell === "bash") print(BASH_TOO);
    });
  const callback = new Command(CALLBACK)
    .argument("[words...]")
    .allowUnknownOption()
    .action(async (words: string[]) => {
      // No candidates and the shell's own behaviour (directive 0): files.
      if (takesFile(program, words)) print(":0");
      else (await describe(program, words)).parse(words);
    });
  return program
    .addCommand(completion.copyInheritedSettings(program))
    .addCommand(callback.copyInheritedSettings(program), { hidden: true });
}

/** Whether the last word is a path: the value of an option, or an argument, that takes one. */
function takesFile(program: Command, words: readonly string[]): boolean {
  const [name, ...rest] = words;
  const command = program.commands.find((one) => one.name() === name);
  if (!command || rest.length === 0) return false;
  const word = rest.at(-1) ?? "";
  const before = word.includes("=") ? word.slice(0, word.indexOf("=")) : rest.at(-2);
  const option = command.options.find(
    ({ long, short }) => before !== undefined && [long, short].includes(before),
  );
  if (option && (option.required || option.optional)) return PATH_VALUE.test(option.flags);
  if (word.startsWith("-")) return false;
  // Runs and models have names, and are files as well.
  const given = rest.slice(0, -1).filter((one) => !one.startsWith("-")).length;
  const argument = command.registeredArguments.at(Math.min(given, command.registeredArguments.length - 1));
  return (
    argument !== undefined &&
    (PATH_ARGUMENT.test(argument.name()) || /[/\\]/.test(word)) &&
    argument.name() !== "cell"
  );
}

/** All that can be completed, of a command line that ends in the last word. */
async function describe(program: Command, words: readonly string[]): Promise<RootCommand> {
  const root = new RootCommand();
  const word = words.at(-1) ?? "";
  const [cells, runs, refs] = await Promise.all([cellIds(word), runNames(), refNames()]);
  const compared = [".", ...refs, ...runs];
  for (const command of program.createHelp().visibleCommands(program)) {
    const target = root.command(command.name(), command.description());
    for (const option of command.createHelp().visibleOptions(command)) addOption(target, option, word);
    for (const argument of command.registeredArguments) {
      const values =
        argument.argChoices ??
        { cell: cells, run: runs, base: compared, candidate: compared, model: candidatesOf("model") }[
          argument.name()
        ];
      target.argument(argument.name(), values && ((complete) => offer(complete, values)), argument.variadic);
    }
  }
  return root;
}

function addOption(command: ReturnType<RootCommand["command"]>, option: Option, word: string): void {
  const name = option.long?.slice("--".length);
  if (name === undefined) return;
  const takesValue = option.required || option.optional;
  const values = option.argChoices ?? candidatesOf(name) ?? [];
  if (takesValue)
    command.option(name, option.description, (complete) => offer(complete, afterCommas(values, word)));
  else command.option(name, option.description);
}

function offer(complete: Complete, values: Candidates): void {
  for (const value of values) complete(value, "");
}

/** Of lists, the last part is what is being typed. */
function afterCommas(values: Candidates, word: string): Candidates {
  const before = word.slice(word.indexOf("=") + 1, word.lastIndexOf(",") + 1);
  return before === "" ? values : values.map((value) => before + value);
}

/** As words of a shell: this very program, so that it need not be on the path, and nothing is built at each tab. */
function executable(): string {
  const words = [process.execPath, process.argv[1] ?? ""];
  return words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
}
