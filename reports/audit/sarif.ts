import type {
  AuditReport,
  AuditVerdict,
  JudgedListener,
} from "../../harness/audit/audit-report.ts";
import { listenerName } from "../../harness/audit/listener.ts";
import { legible, oneLine } from "../legible.ts";
import type { Output } from "../reporter.ts";
import { findSarifLocation } from "./sarif-location.ts";
import { findingTexts, ownerText, untriedTexts, verdictText } from "./sentences.ts";

/** SARIF 2.1.0 (OASIS), as code scanning takes it: a result per listener that others get into, or may get into. */
export function writeSarifAudit(
  report: AuditReport,
  output: Output,
  location: string | null,
): void {
  const uri = findSarifLocation(location, report.command);
  const results = report.listeners.flatMap((listener) => {
    const { verdict } = listener;
    return verdict === "exclusive" ? [] : [resultOf(listener, verdict, uri)];
  });
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "bindcheck", semanticVersion: report.harness, rules: RULES } },
        invocations: [
          { executionSuccessful: true, startTimeUtc: new Date(report.startedAt).toISOString() },
        ],
        properties: { os: oneLine(report.os), census: report.census },
        results,
      },
    ],
  };
  output.write(`${JSON.stringify(log, null, 2)}\n`);
}

type Reported = Exclude<AuditVerdict, "exclusive">;

const LEVELS: Readonly<Record<Reported, "error" | "warning" | "note">> = {
  hijackable: "error",
  undecided: "warning",
  "shared-by-design": "note",
};

const RULES = [
  rule("hijackable", "Another process can take the port", "7.5"),
  rule("undecided", "It is not known whether another process can take the port", "3.0"),
  rule("shared-by-design", "The server invites sockets of its own account to its port", "0.0"),
];

function rule(id: Reported, text: string, severity: string): object {
  return {
    id,
    shortDescription: { text },
    defaultConfiguration: { level: LEVELS[id] },
    // What GitHub sorts by: its documentation of SARIF support, reportingDescriptor.
    properties: { tags: ["security", "network"], "security-severity": severity },
  };
}

function resultOf(listener: JudgedListener, verdict: Reported, uri: string): object {
  const { protocol, family, address, port, advice } = listener;
  const name = listenerName(listener);
  const lines = [
    `${name}: ${verdict}. ${verdictText(listener)}.`,
    `Held by ${ownerText(listener)}.`,
    ...findingTexts(listener).map((text) => `${text}.`),
    ...listener.notes.map((text) => `${text}.`),
    ...untriedTexts(listener).map((text) => `${text}.`),
    ...advice.map(({ text, source }) => `To close it: ${text} (${source.title}: ${source.url}).`),
  ];
  return {
    ruleId: verdict,
    level: LEVELS[verdict],
    message: { text: legible(lines.join("\n")) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri, uriBaseId: "%SRCROOT%" },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: name, kind: "resource" }],
      },
    ],
    partialFingerprints: {
      "listener/v1": [protocol, family, address, port, verdict].join("/"),
    },
  };
}
