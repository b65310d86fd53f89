import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { netnsRunner } from "../../runners/netns.ts";
import { describeTarget } from "../require-target.ts";
import { bindcheck, makeFolder, readStream, verdictsOf } from "./bindcheck.ts";

const HEAD = (id: string, matrix: string): string => `---
document: { id: ${id}, title: T, section: S, url: "https://example.org/", kind: measured }
applies-to: { platform: linux }
matrix: { ${matrix} }`;

const CASES = `${HEAD("words/tcp", "protocol: tcp, family: ipv4")}
scenarios:
  - name: port-of-an-outgoing-connection
    says: It keeps its port from a listener that may share.
    steps:
      - { by: peer, do: open, socket: server, address: specific, port: other, state: listening, keep: true }
      - { by: first, do: connect, socket: out, address: specific, port: other }
      - { by: first, do: open, socket: listener, options: SO_REUSEADDR, address: specific, port: { of: out }, state: listening, expect: EADDRINUSE }
  - name: port-of-an-outgoing-connection-that-may-share
    says: It lets such a listener in.
    steps:
      - { by: peer, do: open, socket: server, address: specific, port: other, state: listening, keep: true }
      - { by: first, do: connect, socket: out, options: SO_REUSEADDR, address: specific, port: other }
      - { by: first, do: open, socket: listener, options: SO_REUSEADDR, address: specific, port: { of: out }, state: listening, expect: success }
  - name: values-of-options
    says: A buffer is doubled, a flag and a device are as they were set.
    steps:
      - { by: first, do: open, socket: one, options: SO_RCVBUF=8192+SO_KEEPALIVE+SO_BINDTODEVICE=lo, address: specific, port: auto }
      - { by: first, do: get-option, socket: one, option: SO_RCVBUF, expect: value 16384 size 4 }
      - { by: first, do: get-option, socket: one, option: SO_KEEPALIVE, expect: value 1 }
      - { by: first, do: get-option, socket: one, option: SO_BINDTODEVICE, expect: value lo }
      - { by: first, do: local-address, socket: one, expect: value specific:auto }
      - { by: first, do: set-option, socket: one, option: SO_LINGER, value: "1:7" }
      - { by: first, do: get-option, socket: one, option: SO_LINGER, expect: value 1:7 size 8 }
      - { by: first, do: get-option, socket: one, option: IP_XFRM_POLICY, expect: ENOPROTOOPT }
  - name: tcp-and-udp
    says: A port of one protocol is not that of the other.
    steps:
      - { by: first, do: open, socket: stream, address: wildcard, state: listening, keep: true }
      - { by: second, do: open, socket: datagram, protocol: udp, address: wildcard, expect: success }
  - name: not-local
    says: An address that is not local is refused, unless IP_FREEBIND is set.
    steps:
      - { by: first, do: open, socket: one, address: 203.0.113.7, expect: EADDRNOTAVAIL }
      - { by: first, do: open, socket: two, options: IP_FREEBIND, address: 203.0.113.7, expect: success }
${HEAD("words/udp", "protocol: udp, family: ipv4")}
scenarios:
  - name: broadcast
    says: It reaches all sockets, and its sender needs an option.
    steps:
      - { by: first, do: open, socket: one, options: SO_REUSEADDR, address: wildcard }
      - { by: second, do: open, socket: two, options: SO_REUSEADDR, address: wildcard }
      - { do: census, address: 127.255.255.255, options: SO_BROADCAST, among: [one, two], expect: to all }
      - { do: census, address: 127.255.255.255, among: [one, two], expect: EACCES }
  - name: disconnect
    says: The wildcard and an explicit port come back; an automatic port is given up.
    steps:
      - { by: peer, do: open, socket: server, address: specific, port: other, keep: true }
      - { by: first, do: open, socket: one, address: wildcard }
      - { by: first, do: connect, socket: one, address: specific, port: other }
      - { by: first, do: local-address, socket: one, expect: value specific:same size 16 }
      - { by: first, do: disconnect, socket: one }
      - { by: first, do: local-address, socket: one, expect: value wildcard:same }
      - { by: first, do: connect, socket: two, address: specific, port: other }
      - { by: first, do: disconnect, socket: two }
      - { by: first, do: local-address, socket: two, expect: value wildcard:0 }
  - name: sources
    says: A source that is not let through sends nothing.
    steps:
      - { by: first, do: open, socket: one, address: wildcard }
      - { by: first, do: set-option, socket: one, option: IP_MULTICAST_ALL, value: 0 }
      - { by: first, do: join-source-group, socket: one, group: 224.0.0.251, source: 127.0.0.2 }
      - { do: census, address: 224.0.0.251, count: 3, among: [one], expect: to nobody }
      - { by: first, do: leave-source-group, socket: one, group: 224.0.0.251, source: 127.0.0.2 }
      - { by: first, do: join-group, socket: one, group: 224.0.0.251 }
      - { do: census, address: 224.0.0.251, count: 3, among: [one], expect: to one }
      - { by: first, do: block-source, socket: one, group: 224.0.0.251, source: 127.0.0.2, expect: success }
      - { by: first, do: unblock-source, socket: one, group: 224.0.0.251, source: 127.0.0.2, expect: success }
      - { by: first, do: unblock-source, socket: one, group: 224.0.0.251, source: 127.0.0.2, expect: EADDRNOTAVAIL }
      - { by: first, do: leave-group, socket: one, group: 224.0.0.251, expect: success }
      - { by: first, do: leave-group, socket: one, group: 224.0.0.251, expect: EADDRNOTAVAIL }
${HEAD("words/ipv6", "protocol: udp, family: ipv6-as-made")}
pairs:
  - { first: { options: SO_PRIORITY=3, address: wildcard }, second: { options: none, address: wildcard, family: ipv4 }, expect: EADDRINUSE }
scenarios:
  - name: as-made
    says: IPV6_V6ONLY is off.
    steps:
      - { by: first, do: open, socket: one, address: wildcard }
      - { by: first, do: get-option, socket: one, option: IPV6_V6ONLY, expect: value 0 }
  - name: ipv6-groups
    says: Two sockets join, and leave.
    steps:
      - { by: first, do: open, socket: one, options: SO_REUSEADDR, address: wildcard }
      - { by: second, do: open, socket: two, options: SO_REUSEADDR, address: wildcard }
      - { by: first, do: join-group, socket: one, group: "ff02::114", expect: success }
      - { by: second, do: join-source-group, socket: two, group: "ff02::114", source: "::1", expect: success }
      - { by: second, do: leave-source-group, socket: two, group: "ff02::114", source: "::1", expect: success }
      - { by: first, do: block-source, socket: one, group: "ff02::114", source: "::1", expect: success }
      - { by: first, do: leave-group, socket: one, group: "ff02::114", expect: success }
  - name: zones
    says: A link-local address needs its zone, and one that the machine has.
    steps:
      - { by: first, do: open, socket: one, address: "fe80::1", expect: EINVAL }
      - { by: first, do: open, socket: two, address: "fe80::1%lo", expect: EADDRNOTAVAIL }
      - { by: first, do: open, socket: three, options: IPV6_FREEBIND, address: "fe80::1%lo", expect: success }
`;

describeTarget("netns", await netnsRunner().availability(), () => {
  test("Ports, options, addresses, groups and zones of a case file are measured as Linux has them.", async () => {
    const folder = await makeFolder();
    const file = path.join(folder, "words.yaml");
    writeFileSync(file, CASES);
    const results = path.join(folder, "results.ndjson");
    const known = ["--known", "none", "--on", "netns", "--reporter", `ndjson=${results}`];
    const ended = await bindcheck(["run", ...known, "--reporter", "pretty", file]);
    const words = verdictsOf(readStream(results)).map(({ verdict }) => verdict);
    expect(words.filter((word) => word !== "held")).toEqual([]);
    expect(words.length).toBeGreaterThan(30);
    expect(ended.exitCode).toBe(0);
  }, 180_000);
});
