import { installText } from "./install-text.ts";
import { stripVTControlCharacters } from "node:util";
import { loginName, type Destination } from "./destination.ts";

/** How ssh or scp ended. */
export interface SshEnding {
  /** 255 where the connection is at fault, else what the command there ended with; null where it could not be started. */
  readonly exitCode: number | null;
  readonly stderr: string;
  /** Why it could not be started. */
  readonly cause?: string;
}

/** One sentence on why nothing could be done there, and what mends it. */
export function connectionFailure(destination: Destination, ending: SshEnding): string {
  const { text } = destination;
  const words = lastLine(ending.stderr);
  if (ending.exitCode === null)
    return `ssh cannot be started (${ending.cause ?? "no reason given"}); install an OpenSSH client, for example with: ${installText()}`;
  if (/permission denied|too many authentication failures/i.test(words))
    return `${text} refuses the login (${words}); give it a key that ssh finds by itself, in an agent or by ~/.ssh/config: bindcheck never asks for a password`;
  if (/host key verification failed|identification has changed/i.test(ending.stderr))
    return `The host key of ${text} is not known here, or has changed; look at it and accept it with: ${byHand(destination)}`;
  return `Cannot reach ${text} by SSH (${words || `ssh ended with exit code ${ending.exitCode}`}); try it by hand: ${byHand(destination)}`;
}

/** One sentence on a host that took the login, but not a file. */
export function copyFailure(destination: Destination, ending: SshEnding): string {
  if (ending.exitCode === null) return connectionFailure(destination, ending);
  const words = lastLine(ending.stderr) || `scp ended with exit code ${ending.exitCode}`;
  return `Cannot copy the harness to ${destination.text} with scp (${words})`;
}

/** One sentence on a host where `node` did not say what it is. */
export function nodeFailure(destination: Destination, ending: SshEnding): string {
  const words = lastLine(ending.stderr);
  const said = words ? ` (it said: ${words})` : "";
  return `${destination.text} has no Node for a login without a terminal${said}; install Node ${LEAST_NODE} or newer there, so that this shows its version: ${byHand(destination)} node -v`;
}

/** One sentence on a connection that was there. */
export function lostConnection({ text }: Destination, { stderr }: SshEnding): string {
  const words = lastLine(stderr);
  return `The connection to ${text} was lost${words ? ` (ssh said: ${words})` : ""}`;
}

/** One sentence on a harness that ended by itself before it was done. */
export function endedEarly(
  { text }: Destination,
  { ending, words }: { readonly ending: string; readonly words: string },
): string {
  const said = onOneLine(words).slice(-300);
  return `The harness on ${text} ended before it was done (${ending}${said ? `; it last said: ${said}` : ""})`;
}

function onOneLine(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/\s+/g, " ").trim();
}

/** The oldest Node that the harness runs on. */
export const LEAST_NODE = "20.19";

/** What a person types to get to the same place. */
function byHand(destination: Destination): string {
  const port = destination.port === null ? "" : `-p ${destination.port} `;
  return `ssh ${port}${loginName(destination)}`;
}

/** The last line that ssh wrote: those before it are banners and warnings. */
function lastLine(stderr: string): string {
  const lines = stripVTControlCharacters(stderr)
    .split(/[\r\n]+/)
    .map((line) => line.trim());
  return lines.findLast((line) => line !== "" && !line.startsWith("Warning:")) ?? "";
}
