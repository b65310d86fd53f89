/**
 * A text as one argument of a command that is printed to be copied: in double quotes, which POSIX shells, cmd.exe and
 * PowerShell all know. In single ones cmd.exe redirects at `>`. What a POSIX shell expands is escaped. On one line.
 */
export function quotedArgument(text: string): string {
  const escaped = text.replaceAll(/\\(?=\\*(?:["$`]|$))|["$`]/g, String.raw`\$&`);
  return `"${escaped.replaceAll(/\s/g, " ")}"`;
}
