import type {
  AuditReport,
  AuditVerdict,
  JudgedListener,
} from "../../harness/audit/audit-report.ts";
import { legible, oneLine } from "../legible.ts";
import { createPaint, type Paint } from "../pretty/paint.ts";
import { wrap } from "../pretty/wrap.ts";
import type { Output } from "../reporter.ts";
import { findingTexts, nameText, ownerText, untriedTexts, verdictText } from "./sentences.ts";

/** A report for people, in a terminal or a log. */
export function writePrettyAudit(report: AuditReport, output: Output): void {
  const paint = createPaint(output);
  const width = Math.min(output.columns, MOST_COLUMNS);
  for (const listener of report.listeners)
    output.write(`${listenerText(listener, paint, width)}\n`);
  output.write(`${closingText(report)}\n`);
}

const MOST_COLUMNS = 100;
const STYLES: Readonly<Record<AuditVerdict, Parameters<Paint>[0]>> = {
  exclusive: "held",
  "shared-by-design": "known-deviation",
  hijackable: "contradicted",
  undecided: "broken",
};

function listenerText(listener: JudgedListener, paint: Paint, width: number): string {
  const { verdict, findings, open } = listener;
  const lines = (indent: string, texts: readonly string[]): string[] =>
    texts.map((text) => `${wrap(oneLine(text), width, indent)}\n`);
  return [
    `${paint("heading", legible(nameText(listener)))}  ${paint(STYLES[verdict], verdict)}\n`,
    ...lines("  ", [ownerText(listener), verdictText(listener)]),
    ...lines("    ", findings.length === 0 ? [] : findingTexts(listener)),
    ...lines("  ", verdict === "undecided" ? [] : open),
    ...lines("  ", untriedTexts(listener)),
    ...listener.advice.flatMap(({ text, source }) => [
      ...lines("  ", [`to close it: ${text}`]),
      ...lines("    ", [`${source.title}: ${source.url}`]),
    ]),
  ].join("");
}

function closingText({ listeners, attempts, census, os, platform }: AuditReport): string {
  const counts = (["hijackable", "undecided", "shared-by-design", "exclusive"] as const)
    .map(
      (verdict) => [listeners.filter((each) => each.verdict === verdict).length, verdict] as const,
    )
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${count} ${verdict}`);
  const sent = census === null ? "nothing was sent" : `${census} sent to each address at a time`;
  const wine = platform.name === "wine" ? "; Wine's answer, never Windows'" : "";
  return `${counts.join(", ")}; ${attempts.length} attempts, ${sent}; ${os}${wine}`;
}
