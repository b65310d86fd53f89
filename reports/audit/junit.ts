import type { AuditReport, JudgedListener } from "../../harness/audit/audit-report.ts";
import type { JunitCase, JunitResult } from "../junit/report.ts";
import { writeJunit } from "../junit/write.ts";
import { listenerName } from "../../harness/audit/listener.ts";
import type { Output } from "../reporter.ts";
import { findingTexts, ownerText, untriedTexts, verdictText } from "./sentences.ts";

/** JUnit XML: one case per listener, which fails when it can be hijacked. */
export function writeJunitAudit(report: AuditReport, output: Output): void {
  const seconds = report.durationMs / 1000;
  const suite = {
    name: "bindcheck audit",
    classname: "bindcheck.audit",
    properties: [
      ["platform", report.platform.name],
      ["os", report.os],
      ["census", String(report.census ?? "none")],
    ],
    cases: report.listeners.map((listener) => caseOf(listener, seconds / report.listeners.length)),
  } as const;
  writeJunit({ startedAt: report.startedAt, seconds, suites: [suite] }, output);
}

function caseOf(listener: JudgedListener, seconds: number): JunitCase {
  const result = resultOf(listener);
  return { name: listenerName(listener), seconds, ...(result === null ? {} : { result }) };
}

function resultOf(listener: JudgedListener): JunitResult | null {
  const { verdict } = listener;
  if (verdict !== "hijackable" && verdict !== "undecided") return null;
  const message = `${verdict}: ${verdictText(listener)}`;
  const lines = [
    ownerText(listener),
    ...findingTexts(listener),
    ...listener.notes,
    ...untriedTexts(listener),
    ...listener.advice.map(({ text, source }) => `to close it: ${text} (${source.url})`),
  ];
  const kind = verdict === "hijackable" ? "failure" : "error";
  return { kind, type: verdict, message, text: lines.join("\n") };
}
