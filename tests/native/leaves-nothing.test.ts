import { execa } from "execa";
import { expect, test } from "vitest";
import type { Program, Reply } from "../../harness/binder/protocol.ts";
import { BINDER_FILE } from "../../harness/binder-client/local-binders.ts";
import { describeTarget } from "../require-target.ts";

// A network with a second interface, behind which everything for one port is counted.
const SET_UP = `set -e
ip link set lo up
ip link add v0 index 10 type veth peer name v1
ip link set v0 up
ip link set v1 up
ip addr add 10.77.0.1/24 dev v0
ip -6 addr add fd00:77::1/64 dev v0 nodad
ip route add default via 10.77.0.2
ip neigh add 10.77.0.2 lladdr 02:00:00:00:00:01 dev v0
nft add table netdev t
nft add chain netdev t c '{ type filter hook ingress device v1 priority 0; }'
nft add rule netdev t c th dport 5999 counter`;

const inNamespace = (script: string, input = "") =>
  execa("unshare", ["--map-root-user", "--net", "sh", "-c", `${SET_UP}\n${script}`], {
    input,
    reject: false,
  });

const port = 5999;
const ipv4 = { family: "ipv4", port } as const;
const toGroup = { ...ipv4, address: "239.1.2.3" };
const toGroup6 = { family: "ipv6" as const, address: "ff02::77:9%10", port };
const toLoopback = { ...ipv4, address: "127.0.0.1" };

// Numbers and bytes of Linux (include/uapi/asm-generic/socket.h, linux/in.h, linux/in6.h).
const hexOf = (text: string): string => Buffer.from(text).toString("hex");
const toDevice = (name: string) =>
  ({ option: `SO_BINDTODEVICE=${name}`, level: 1, number: 25, hex: hexOf(`${name}\0`) }) as const;
const device = toDevice("v0");
const broadcast = { option: "SO_BROADCAST", level: 1, number: 6, hex: "01000000" } as const;
const set = (socket: number, level: number, number: number, hex: string) =>
  ({ do: "set-bytes", socket, level, number, hex }) as const;
const send = (socket: number) => ({ do: "send", socket, bytes: 1 }) as const;
const udp = (socket: number, options: readonly (typeof device | typeof broadcast)[] = []) =>
  ({ do: "socket", socket, family: "ipv4", protocol: "udp", options }) as const;
const udp6 = (socket: number) =>
  ({ do: "socket", socket, family: "ipv6", protocol: "udp" }) as const;
const connect = (socket: number, to: typeof toGroup | typeof toGroup6) =>
  ({ do: "connect", socket, ...to }) as const;

/** Each of them would send by the second interface. */
const LEAVING: Readonly<Record<string, Program>> = {
  "a group, on a device": [
    { do: "send-many", socket: 1, count: 1, protocol: "udp", options: [device], ...toGroup },
  ],
  "a group, with another time to live and interface": [
    udp(2),
    connect(2, toGroup),
    set(2, 0, 33, "03000000"),
    set(2, 0, 32, "0a4d0001"),
    send(2),
  ],
  "a group, bound to a device later": [
    udp(3),
    connect(3, toGroup),
    set(3, 1, 25, device.hex),
    { do: "fill", socket: 3 },
  ],
  "an IPv6 group, with another number of hops and interface": [
    udp6(4),
    connect(4, toGroup6),
    set(4, 41, 18, "03000000"),
    set(4, 41, 17, "0a000000"),
    send(4),
  ],
  "an IPv4 group, written as an IPv6 address": [
    udp6(5),
    connect(5, { ...toGroup6, address: "::ffff:239.1.2.3" }),
    send(5),
  ],
  "an address of the loopback interface, on a device": [
    udp(6, [device]),
    connect(6, toLoopback),
    send(6),
  ],
  "an address of the loopback interface, connected on a device": [
    { do: "socket", socket: 7, family: "ipv4", protocol: "tcp", options: [device] },
    { do: "begin-connect", socket: 7, ...toLoopback },
  ],
  "the broadcast address of the loopback interface, on a device": [
    udp(8, [broadcast, device]),
    connect(8, { ...ipv4, address: "127.255.255.255" }),
    send(8),
  ],
  "an address of the loopback interface, by a unicast interface": [
    udp(9),
    set(9, 0, 50, "0000000a"),
    connect(9, toLoopback),
    send(9),
  ],
  "an address of the loopback interface, by a source route": [
    udp(10),
    set(10, 0, 4, "8307040a4d000200"),
    connect(10, toLoopback),
    send(10),
  ],
};

/** Sends that stay on the machine, and a connect that sends nothing, as an audit makes beside a server on a device. */
const STAYING: readonly Program[] = [
  [udp(20), set(20, 0, 33, "03000000"), connect(20, toGroup), send(20)],
  [
    udp(22, [device]),
    connect(22, { ...ipv4, address: "10.77.0.2" }),
    udp(23),
    connect(23, toLoopback),
    send(23),
  ],
  [{ ...udp(21), options: [toDevice("lo")] }, connect(21, toLoopback), send(21)],
];

describeTarget(
  "netns and nft",
  (await inNamespace("true")).exitCode === 0
    ? { here: true, what: "a network of its own" }
    : { here: false, why: "no packets can be counted", mend: "apt-get install iproute2 nftables" },
  () => {
    test("Nothing that a binder sends leaves by another interface.", async () => {
      const programs = [...Object.values(LEAVING), ...STAYING];
      const request = JSON.stringify({ id: 1, programs });
      const script = `'${process.execPath}' '${BINDER_FILE}'\nnft list table netdev t`;
      const { stdout, stderr } = await inNamespace(script, `${request}\n`);
      const [, answer = "{}"] = stdout.split("\n");
      const { results } = JSON.parse(answer) as Reply;
      const problems = Object.keys(LEAVING).map((name, index) => [
        name,
        results[index]?.at(-1)?.problem?.split(": ").at(-1),
      ]);
      expect(stderr).toBe("");
      expect(/counter packets (\d+)/.exec(stdout)?.[1], JSON.stringify(problems)).toBe("0");
      expect(problems.filter(([, problem]) => problem === undefined)).toEqual([]);
      for (const stayed of results.slice(problems.length))
        expect(stayed.at(-1)).toEqual({ value: 1 });
    });
  },
);
