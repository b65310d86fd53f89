/**
 * Shell commands that bring up the loopback interface of a system that is ours alone and give it addresses. Those
 * of IPv4 are the ones of Microsoft's example of two addresses and one port. Where a system lacks IPv6 the rest
 * can still be measured.
 */
export const ADD_OWN_ADDRESSES = [
  // Debian leaves these out of a user's PATH.
  "PATH=$PATH:/usr/sbin:/sbin",
  "ip -force -batch - >/dev/null 2>&1 <<END || true",
  // gVisor's is up and cannot be set.
  "link set lo up",
  ...["10.0.0.1", "10.99.99.99"].map((address) => `address add ${address}/32 dev lo`),
  // fd00::/8 is for local use (RFC 4193).
  ...["fd00:b1d::1", "fd00:b1d::2"].map((address) => `address add ${address}/128 dev lo`),
  "END",
].join("\n");

/** What comes before a command that is to run with these addresses. */
export const WITH_OWN_ADDRESSES = ["sh", "-c", `set -e\n${ADD_OWN_ADDRESSES}\nexec "$@"`, "sh"];
