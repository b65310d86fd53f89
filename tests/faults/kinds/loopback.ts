import type { Fault } from "../fault.ts";

// As everywhere in the campaign: runners/own-addresses.ts.
const ADDRESSES = [
  "link set lo up",
  "address add 10.0.0.1/32 dev lo",
  "address add 10.99.99.99/32 dev lo",
  "-6 address add fd00:b1d::1/128 dev lo",
  "-6 address add fd00:b1d::2/128 dev lo",
].map((words) => `ip ${words}`);

// What sends in both protocols and families, and what only binds.
const FILES = ["cases/linux/who-receives.yaml", "cases/linux/socket-7.yaml"];
const TRAFFIC = [
  "",
  "meta l4proto tcp",
  "meta l4proto udp",
  "meta nfproto ipv4",
  "meta nfproto ipv6",
] as const;
const ENDS = ["drop", "reject"] as const;

/** What is sent on this machine does not arrive. */
export const loopback: readonly Fault[] = [
  {
    name: "loopback-down",
    what: "the loopback interface is down",
    runs: 1,
    files: FILES,
    mayEnd: ["3"],
    async carryOut({ start, count }) {
      // Where it was never up, Linux has no table of local addresses yet and lets any address be bound.
      const lines = ["ip link set lo up", "ip link set lo down", 'exec "$@"'];
      start({ words: ["unshare", "--net", "sh", "-ec", lines.join("\n"), "sh"] });
      count();
    },
  },
  {
    name: "firewall",
    what: "a firewall drops or rejects what loopback carries: all of it, a protocol or a family",
    runs: 6,
    files: FILES,
    mayEnd: ["3"],
    needs: ["nft", "--version"],
    async carryOut({ random, start, count }) {
      const [traffic, end] = [random.pick(TRAFFIC), random.pick(ENDS)];
      const lines = [
        ...ADDRESSES,
        "nft add table inet here",
        "nft add chain inet here in '{ type filter hook input priority 0; }'",
        `nft add rule inet here in iifname lo ${traffic} ${end}`,
        'exec "$@"',
      ];
      start({ words: ["unshare", "--net", "sh", "-ec", lines.join("\n"), "sh"] });
      count();
    },
  },
];
