import { ADD_OWN_ADDRESSES } from "../own-addresses.ts";

/** Serial lines inside; what they are outside is said where the kernel is started. */
export const UML_RESULTS_INSIDE = "/dev/ttyS0";
const LAST_WORDS_INSIDE = "/dev/ttyS1";

/**
 * The first program of a user-mode Linux whose root is this machine's, read-only: runs the command with the
 * environment and the loopback addresses that it needs, then turns the kernel off, whatever happened.
 */
export function umlInit(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): string {
  return `#!/bin/sh
# The kernel would panic if its first program ended.
trap 'echo o >/proc/sysrq-trigger; sleep 60' EXIT
${Object.entries(environment)
  .map(([name, value]) => `export ${name}=${shellWord(value)}`)
  .join("\n")}
mount -t proc proc /proc
mkdir -p /dev/shm
mount -t tmpfs tmpfs /dev/shm
export TMPDIR=/dev/shm HOME=/dev/shm
# Kept open, so that no writer's end hangs the line up.
exec 3>${UML_RESULTS_INSIDE} 2>${LAST_WORDS_INSIDE}
modules=/usr/lib/uml/modules/$(uname -r)/kernel
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# Where IPv6 is no module, it is in the kernel.
insmod $modules/lib/crc-ccitt.ko 2>/dev/null
insmod $modules/net/ipv6/ipv6.ko 2>/dev/null
${ADD_OWN_ADDRESSES}
cd /
${command.map(shellWord).join(" ")} >/dev/null
`;
}

/** A word that a POSIX shell reads as it is. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
