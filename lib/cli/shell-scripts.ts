/** A command with what may follow it. */
export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  /** The words that may stand behind it. */
  readonly words: readonly string[];
  readonly options: readonly CompletedOption[];
}

export interface CompletedOption {
  /** As in `--format` and `-f`. */
  readonly names: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  /** Its values, where there are only these. */
  readonly values: readonly string[];
  readonly takesFile: boolean;
}

/** What a user of bash puts into ~/.bashrc. Where nothing else is known, files are offered. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter((option) => option.takesValue)
      .map(
        (option) =>
          `    ${option.names.map((one) => `'${name} ${one}'`).join("|")}) words='${option.values.join(" ")}' ;;`,
      ),
  );
  return `_hyperv_guard() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=''
  case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join("\n")}
    *) case "$COMP_CWORD \${COMP_WORDS[1]}" in
      '1 '*) words='${commands.map(({ name }) => name).join(" ")} --help --version' ;;
${commands.map(({ name, words, options }) => `      *' ${name}') words='${[...words, ...options.flatMap(({ names }) => names)].join(" ")}' ;;`).join("\n")}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _hyperv_guard hyperv-guard
`;
}

/** zsh reads completions that are written for bash. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  return `autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
${bashScript(commands)}`;
}

export function fishScript(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, description, words, options }) => [
    `complete -c hyperv-guard -f -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
    ...(words.length === 0
      ? []
      : [`complete -c hyperv-guard -f -n '__fish_seen_subcommand_from ${name}' -a ${quoted(words.join(" "))}`]),
    ...options.map((option) => {
      const names = option.names.map((one) => (one.startsWith("--") ? `-l ${one.slice(2)}` : `-s ${one.slice(1)}`));
      const values = option.values.length === 0 ? "" : ` -a ${quoted(option.values.join(" "))}`;
      const takes = option.takesValue ? ` -r${option.takesFile ? " -F" : ""}` : "";
      return (
        `complete -c hyperv-guard -n '__fish_seen_subcommand_from ${name}' ${names.join(" ")}${takes}${values} ` +
        `-d ${quoted(option.description)}`
      );
    }),
  ]);
  return `${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}

/** Windows PowerShell 5.1 and later. */
export function powershellScript(commands: readonly CompletedCommand[]): string {
  const list = (words: readonly string[]): string => `@(${words.map((word) => `'${word}'`).join(", ")})`;
  const rows = commands.map(
    ({ name, words, options }) => `    '${name}' = ${list([...words, ...options.flatMap(({ names }) => names)])}`,
  );
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter((option) => option.values.length > 0)
      .flatMap((option) => option.names.map((one) => `    '${name} ${one}' = ${list(option.values)}`)),
  );
  return `Register-ArgumentCompleter -Native -CommandName hyperv-guard -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = @{
${rows.join("\n")}
  }
  $values = @{
${values.join("\n")}
  }
  $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $command = if ($words.Count -gt 1) { $words[1] } else { '' }
  $candidates = if ($words.Count -lt 2) { $commands.Keys } else { $values["$command $($words[-1])"] }
  if (-not $candidates) { $candidates = $commands[$command] }
  $candidates | Where-Object { $_ -like "$wordToComplete*" } | Sort-Object | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
