/** A word that a POSIX shell reads as it is. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Words of a command, for a POSIX shell. */
export function shellWords(words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}
