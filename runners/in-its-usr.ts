/**
 * What starts a command with another folder in the place of /usr, for itself alone: that of the release that its
 * program and its libraries are of. Without root it runs in a user namespace. `before` is a shell command that still
 * sees the machine's own /usr.
 */
export function inItsUsr(usr: string, command: readonly string[], before = "true"): string[] {
  const user = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];
  const script = `${before} && mount --bind "$0" /usr && exec "$@"`;
  return ["unshare", "--mount", ...user, "sh", "-c", script, usr, ...command];
}
