/** Text as one comment of a YAML file: no line ends in it, so that nothing of it is read as more than a comment. */
export function commentLine(text: string): string {
  return `# ${text.replace(NO_TEXT, " ")}`;
}

// YAML 1.1, 5.4, takes U+0085, U+2028 and U+2029 for line ends too; a direction of writing would hide what is there.
const NO_TEXT = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
