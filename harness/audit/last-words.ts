/** A sentence, and what a program last said: in the same line where it is one line, else each line below it. */
export function withLastWords(sentence: string, words: string): string[] {
  const lines = words
    .split(/[\r\n]+/)
    .map(legible)
    .filter(Boolean);
  const [first, ...rest] = lines;
  if (first === undefined) return [sentence];
  if (rest.length > 0) return [`${sentence}; it last said:`, ...lines.map((line) => `  ${line}`)];
  const [head, end] = sentence.endsWith(")") ? [sentence.slice(0, -1), ")"] : [sentence, ""];
  return [`${head}; it last said: ${first}${end}`];
}

function legible(line: string): string {
  // oxlint-disable-next-line no-control-regex -- a dying program may leave escape sequences and worse
  return line.replaceAll(/[\u0000-\u001F\u007F\uFFFD]+/g, " ").trimEnd();
}
