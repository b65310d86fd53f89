import { loginName, type Destination } from "./destination.ts";

/**
 * Arguments of ssh that carry out a command there. `command` must mean the same to sh, cmd.exe and PowerShell:
 * plain words without any character that one of them treats specially.
 */
export function sshArguments(destination: Destination, command: readonly string[]): string[] {
  for (const word of command)
    if (!PLAIN_WORD.test(word)) throw new Error(`Not a plain word to every shell: ${word}`);
  const flags = ["-T", "-a", "-x"];
  return [...flags, ...options(destination), "--", loginName(destination), command.join(" ")];
}

/** Arguments of ssh that keep a connection open for others to share, at the socket of the destination. */
export function masterArguments(destination: Destination, shared: string): string[] {
  const own = options(destination).map((each) =>
    each === "ControlMaster=no" ? "ControlMaster=yes" : each,
  );
  const settings = ["-o", "ControlPersist=no", "-S", shared];
  return ["-T", "-a", "-x", "-N", ...settings, ...own, "--", loginName(destination)];
}

/** Arguments of ssh that ask whether the user has a connection open that is shared already. */
export function checkArguments(destination: Destination): string[] {
  return ["-O", "check", ...options(destination), "--", loginName(destination)];
}

const PLAIN_WORD = /^[\w.+/-]+$/;

/** Arguments of scp that come before the files. */
export function scpArguments(destination: Destination): string[] {
  return ["-q", "-B", ...options(destination), "--"];
}

/** Whatever is not said here is taken from the user's own configuration of ssh. */
function options({ port, shared }: Destination): string[] {
  const settings = [
    "BatchMode=yes",
    "ConnectTimeout=30",
    // A connection that is dead without a word is noticed after 45 s.
    "ServerAliveInterval=15",
    "ServerAliveCountMax=3",
    // A forwarded port would be one that the measurement finds taken.
    "ClearAllForwardings=yes",
    "RemoteCommand=none",
    // Uses a shared connection that is there; one that is made in passing would outlive us and hold our pipes.
    "ControlMaster=no",
    ...(shared === undefined ? [] : [`ControlPath=${shared}`]),
    ...(port === null ? [] : [`Port=${port}`]),
  ];
  return settings.flatMap((setting) => ["-o", setting]);
}
