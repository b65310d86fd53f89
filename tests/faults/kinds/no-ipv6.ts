import { execFileSync } from "node:child_process";
import type { Fault } from "../fault.ts";

const TURN_OFF = "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6";
// IPv4 as everywhere in the campaign: runners/own-addresses.ts.
const IPV4 = [
  "link set lo up",
  "address add 10.0.0.1/32 dev lo",
  "address add 10.99.99.99/32 dev lo",
];

/** A system has no IPv6, or loses it. */
export const noIpv6: readonly Fault[] = [
  {
    name: "no-ipv6",
    what: "the system has no IPv6",
    runs: 1,
    mayEnd: ["0", "3"],
    async carryOut({ start, count }) {
      const lines = [TURN_OFF, ...IPV4.map((words) => `ip ${words}`), 'exec "$@"'];
      start({ words: ["unshare", "--net", "sh", "-ec", lines.join("\n"), "sh"] });
      count();
    },
  },
  {
    name: "ipv6-lost",
    what: "IPv6 is turned off in the middle of a run",
    runs: 4,
    mayEnd: ["0", "3"],
    async carryOut({ random, start, count }) {
      const addresses = ["fd00:b1d::1", "fd00:b1d::2"].map(
        (each) => `-6 address add ${each}/128 dev lo`,
      );
      const lines = [...IPV4, ...addresses].map((words) => `ip ${words}`);
      const script = [...lines, 'exec "$@"'].join("\n");
      const program = start({ words: ["unshare", "--net", "sh", "-ec", script, "sh"] });
      if (!(await program.reaches(random.fraction() * 0.8))) return;
      execFileSync("nsenter", ["--net", "-t", String(program.pid), "sh", "-c", TURN_OFF]);
      count();
    },
  },
];
