/**
 * Text of others as it may stand in a terminal: what steers one, or turns the direction of writing, becomes U+FFFD, but
 * for colours; and in
 * a job of GitHub Actions, which takes lines that begin with two colons for commands to itself, none does.
 */
export function terminalText(
  text: string,
  isGithub: boolean = process.env["GITHUB_ACTIONS"] === "true",
): string {
  const harmless = text.replace(STEERING, "\ufffd");
  return isGithub
    ? harmless.replace(/^(\s*):(?=:)/gm, "$1\ufffd").replaceAll("##[", "#\ufffd[")
    : harmless;
}

// Controls except line feed and tab; UAX #9, 2: marks, embeddings, overrides and isolates.
// oxlint-disable-next-line no-control-regex -- of those that it leaves out, colours begin with one
const STEERING = /(?![\n\t])(?!\u001b\[[\d;]*m)[\p{Cc}\p{Bidi_Control}]/gu;
