import type { AuditReport, JudgedListener } from "../../harness/audit/audit-report.ts";

/** A listener of an audit that no other socket gets into. */
function judgedListener(different: Partial<JudgedListener> = {}): JudgedListener {
  return {
    protocol: "udp",
    family: "ipv4",
    address: "0.0.0.0",
    port: 5353,
    account: { id: "0", name: "root" },
    owners: [{ pid: 4711, executable: "/usr/bin/node", commandLine: "node <odd> & \u0007.js" }],
    takesIpv4: true,
    isForeign: false,
    beside: [],
    isGone: false,
    accounts: { same: { name: "root" }, other: { problem: "only root may do so" } },
    verdict: "exclusive",
    open: [],
    notes: [],
    findings: [],
    addresses: 2,
    runtime: "node",
    advice: [],
    ...different,
  };
}

/** One listener of each verdict. */
export function auditReport(): AuditReport {
  const way = { options: ["SO_REUSEADDR"], family: "ipv4", relation: "same" } as const;
  return {
    version: 1,
    harness: "0.1.0",
    startedAt: "2026-01-02T03:04:05.678Z",
    durationMs: 1234,
    platform: { name: "linux", implements: "linux", version: "6.1.0" },
    os: "Debian GNU/Linux 12 (Linux 6.1.0)",
    options: ["SO_REUSEADDR", "SO_REUSEPORT"],
    command: ["node", "server.js"],
    port: null,
    unseen: [],
    census: 100,
    attempts: [],
    listeners: [
      judgedListener({
        verdict: "hijackable",
        findings: [
          {
            ...way,
            account: "same",
            address: "0.0.0.0",
            isInvited: false,
            isCopy: false,
            orAllWith: [],
            shares: [
              { address: "127.0.0.1", sent: 100, taken: 100 },
              { address: "192.0.2.2", sent: 100, taken: 40 },
            ],
          },
          {
            ...way,
            account: "same",
            address: "127.0.0.1",
            isInvited: false,
            isCopy: false,
            orAllWith: [],
            shares: null,
          },
        ],
        advice: [
          {
            text: "leave it | out",
            brief: "leave it out",
            source: { title: "The page", url: "https://example.org/" },
          },
        ],
      }),
      judgedListener({ protocol: "tcp", family: "ipv6", address: "::", port: 80 }),
      judgedListener({
        protocol: "tcp",
        port: 443,
        verdict: "shared-by-design",
        findings: [
          {
            ...way,
            options: ["SO_REUSEPORT"],
            account: "same",
            address: "0.0.0.0",
            isInvited: true,
            isCopy: false,
            orAllWith: ["SO_BINDTODEVICE=lo"],
            shares: [{ address: "127.0.0.1", sent: 100, taken: 47 }],
          },
        ],
      }),
      judgedListener({ port: 53, verdict: "undecided", open: ["the binder died"], owners: [] }),
    ],
  };
}
