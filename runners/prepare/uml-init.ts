import { ADD_OWN_ADDRESSES } from "../own-addresses.ts";
import { shellWord, shellWords } from "../shell-word.ts";

/** Ends a line that a binder did not get to the end of; no line of JSON holds it. */
export const TORN = "\u0018";

/** What the first serial line says when it listens: what is written before that gets lost. */
export const READY = "ready";
/** The same where the kernel has no IPv6. */
export const READY_WITHOUT_IPV6 = "ready without IPv6";

/** Absolute paths that the first program uses. */
export interface UmlPlaces {
  /** Where binders start. */
  readonly folder: string;
  /** Folder of kernel modules, with one folder for each release. */
  readonly modules: string;
}

/** How its programs run. */
export interface UmlSettings {
  readonly environment: Readonly<Record<string, string>>;
  /** The kernel is a process of a user namespace, which knows no owner of a file but one. */
  readonly isUserNamespace: boolean;
}

/**
 * The first program of a user-mode Linux whose root is this machine's, read-only: gives it addresses and starts binders.
 * A line `N +` on the first serial line starts one in `folder` on serial line N, `N -` kills it. When a binder has ended,
 * its own line says its last words behind `?`, and how it ended behind `!`. The end of the first line turns the kernel
 * off.
 */
export function umlInit(
  binder: readonly string[],
  { environment, isUserNamespace }: UmlSettings,
  { folder, modules }: UmlPlaces,
): string {
  return `#!/bin/sh
${isUserNamespace ? IGNORE_SET_USER_ID : ""}# The kernel would panic if its first program ended.
trap 'echo o >/proc/sysrq-trigger; sleep 60' EXIT
${Object.entries(environment)
  .map(([name, value]) => `export ${name}=${shellWord(value)}`)
  .join("\n")}
mount -t proc proc /proc
mkdir -p /dev/shm
mount -t tmpfs tmpfs /dev/shm
export TMPDIR=/dev/shm HOME=/dev/shm
exec 3<>/dev/ttyS0 </dev/null
stty raw -echo <&3
modules=${shellWord(modules)}/$(uname -r)/kernel
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# Where IPv6 is not a module, it is in the kernel.
insmod $modules/lib/crc-ccitt.ko 2>/dev/null
insmod $modules/net/ipv6/ipv6.ko 2>/dev/null
${ADD_OWN_ADDRESSES}
${BEGIN_RANDOM_NUMBERS}
cd ${shellWord(folder)}
if [ -e /proc/net/if_inet6 ]; then echo ${READY}; else echo ${READY_WITHOUT_IPV6}; fi >&3
start() {
  line=/dev/ttyS$1 said=/dev/shm/$1.said
  stty -F $line raw -echo
  sh -c 'echo $$ >"$0"; shift; exec "$@"' /dev/shm/$1.pid - ${shellWords(binder)} --files $line $line >/dev/null 2>$said
  how=$?
  printf '${TORN_IN_SHELL}\n' >$line
  [ -s $said ] && printf '? %s\n' "$(tail -c 400 $said | tr '\n' ' ')" >$line
  printf '! ended by itself (exit %s)\n' $how >$line
}
while read -r number order <&3; do
  case $order in
  +) start $number 3<&- & ;;
  -) kill -KILL "$(cat /dev/shm/$number.pid)" ;;
  esac
done
`;
}

// There the owner of mount(8) would be nobody, and its set-user-ID bit would take root's rights away.
const IGNORE_SET_USER_ID = `[ "$1" = again ] || exec setpriv --no-new-privs "$0" again
`;

// In Linux 5.10 without a source of random numbers the first takes ten seconds, and Node asks for one as it starts.
// RNDADDENTROPY (random(4); its number is from linux/random.h) says that there is enough, and changes nothing for later kernels.
// No secret is made there.
const BEGIN_RANDOM_NUMBERS = `command -v perl >/dev/null && perl -e 'open R, "+</dev/random"; my $enough = pack "iia64", 512, 64, "."; ioctl R, 0x40085203, $enough'`;

const TORN_IN_SHELL = String.raw`\030`;
